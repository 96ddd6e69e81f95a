# The image carries one bundled file and Node. The same bundle is what the tests run (npm run test:e2e, npm run test:peers).
FROM node:24-slim AS build
WORKDIR /build
# The stub of the `request` package is a local dependency: it has to be there before `npm ci`.
COPY package.json package-lock.json .npmrc ./
COPY vendor vendor
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY tools tools
COPY src src
RUN npm run build

FROM node:24-slim
# Nothing here is installed, built or written at run time: run it with a read-only root file system.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /opt/yarn-*
WORKDIR /app
COPY --from=build /build/dist/ /app/
COPY LICENSE /app/
USER 65532:65532
EXPOSE 9902 9903
ENTRYPOINT ["node", "--enable-source-maps", "/app/footbridge.mjs"]
CMD ["serve", "--config", "/etc/footbridge/config.yaml"]
