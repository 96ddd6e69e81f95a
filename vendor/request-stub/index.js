// eureka-js-client asks for the abandoned `request` package when it is loaded. Footbridge replaces every call that would
// reach it (src/registry/eureka/library-client.ts), so what remains must fail loudly should a call slip through.
function refuse() {
  throw new Error('the request package is replaced by a stub: Eureka is read through undici');
}
module.exports = Object.assign(refuse, { get: refuse, post: refuse, put: refuse, delete: refuse });
