// Puts a counter into a program: one for every call of a function and every turn of a loop, so that the work of a decoder is a
// number that is the same on every machine. The sources know nothing of it; it is done to the bundle that the workers run.
import { type Node, parse } from 'acorn';

/** Stands before the counted program, in its first line so that no line moves. */
const PREAMBLE = [
  'const __work = (globalThis.footbridgeFuzzWork ??= { done: 0 });',
  'const __sizeOf = (it) => Array.isArray(it) || typeof it === "string" ? it.length : it instanceof Set || it instanceof Map ? it.size : 0;',
  'const __keysOf = (it) => (Object(it) === it ? Object.keys(it).length : 0);',
  'const __items = (it) => { __work.done += __sizeOf(it) || __keysOf(it); return it; };',
  '',
].join(' ');

interface Edit {
  readonly at: number;
  readonly text: string;
  /** Among those at one place: what closes comes before what opens, and of what closes the inner before the outer. */
  readonly order: number;
}

/** `source` is an ES module. What it does and the line that everything stands in stay as they are. */
export function countWork(source: string): string {
  const edits: Edit[] = [];
  visit(parse(source, { ecmaVersion: 'latest', sourceType: 'module' }), edits);
  edits.sort((a, b) => a.at - b.at || a.order - b.order);
  const pieces: string[] = [PREAMBLE];
  let from = 0;
  for (const { at, text } of edits) {
    pieces.push(source.slice(from, at), text);
    from = at;
  }
  pieces.push(source.slice(from));
  return pieces.join('');
}

const COUNT = '__work.done++';
const LOOPS: ReadonlySet<string> = new Set([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
]);
const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

function visit(node: Node, edits: Edit[]): void {
  const { body, argument, callee } = fieldsOf(node);
  if (isNode(body) && FUNCTIONS.has(node.type)) countFunction(body, edits);
  if (isNode(body) && LOOPS.has(node.type)) countTurn(body, edits);
  if (isNode(argument) && node.type === 'SpreadElement') wrap(argument, '__items(', ')', edits);
  if (node.type === 'NewExpression' && isNode(callee) && isCollection(callee)) countItems(node, edits);
  for (const value of Object.values(fieldsOf(node))) {
    for (const child of listOf(value)) if (isNode(child)) visit(child, edits);
  }
}

function countFunction(body: Node, edits: Edit[]): void {
  if (body.type === 'BlockStatement') insert(behindDirectives(body), edits);
  else wrap(body, `(${COUNT}, `, ')', edits);
}

function countTurn(body: Node, edits: Edit[]): void {
  if (body.type === 'BlockStatement') insert(body.start + 1, edits);
  else wrap(body, `{ ${COUNT}; `, ' }', edits);
}

/** `new Set(list)` goes through the list. */
function countItems(node: Node, edits: Edit[]): void {
  const [items] = listOf(fieldsOf(node)['arguments']);
  if (isNode(items) && items.type !== 'SpreadElement') wrap(items, '__items(', ')', edits);
}

function isCollection(callee: Node): boolean {
  const { name } = fieldsOf(callee);
  return name === 'Set' || name === 'Map';
}

/** `'use strict'` counts only as the first thing in a function. */
function behindDirectives(block: Node): number {
  let behind = block.start + 1;
  for (const statement of listOf(fieldsOf(block)['body'])) {
    if (!isNode(statement) || !('directive' in statement)) break;
    behind = statement.end;
  }
  return behind;
}

function insert(at: number, edits: Edit[]): void {
  edits.push({ at, text: ` ${COUNT}; `, order: edits.length });
}

function wrap({ start, end }: Node, before: string, behind: string, edits: Edit[]): void {
  const order = edits.length + 1;
  edits.push({ at: start, text: before, order }, { at: end, text: behind, order: -order });
}

function fieldsOf(node: Node): Readonly<Record<string, unknown>> {
  return { ...node };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
