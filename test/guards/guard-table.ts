// What holds each promise of docs/reliability.md: one place in the source, and the test that fails without it. `guard` occurs once in
// its file; with `without` in its place the module still loads, and nothing holds the promise any more.

export interface GuardRow {
  /** A heading of docs/reliability.md. */
  readonly promise: string;
  readonly file: string;
  readonly guard: string;
  readonly without: string;
  /** Below test/. */
  readonly suite: string;
  readonly test: string;
}

type Guard = readonly [file: string, guard: string, without: string, suite: string, test: string];

const PROMISES: Readonly<Record<string, readonly Guard[]>> = {
  'A registry that cannot be read changes nothing': [
    [
      'src/guard/registry-step.ts',
      'isGood ? afterRead(inScope, reading.content, registry, nowMs, options) : inScope',
      'afterRead(inScope, reading.content, registry, nowMs, options)',
      'unit/guard/guard.test.ts',
      'changes nothing, for ever, whatever its stale content says',
    ],
  ],
  'A removal waits': [
    [
      'src/guard/debounce.ts',
      ' && nowMs >= missing.sinceMs + removalDebounceMs',
      '',
      'unit/guard/debounce.test.ts',
      'an instance that is deleted and created again within the debounce never leaves',
    ],
  ],
  'Much that is gone is held': [
    [
      'src/guard/missing.ts',
      "if (isEverythingGone(former, listed)) return { reason: 'everything-gone', services: [...missing.keys()] };",
      'if (isEverythingGone(former, listed)) return undefined;',
      'unit/guard/hold.test.ts',
      'everything stays exactly as it was, object by object, and the hold is shown',
    ],
    [
      'src/guard/missing.ts',
      'if (!isTooMuch(losses, options)) return undefined;',
      'if (isTooMuch(losses, options)) return undefined;',
      'unit/guard/mass-removal.test.ts',
      'is held: what is gone stays, what is new and what changed among the rest shows at once',
    ],
    [
      'src/guard/registry-step.ts',
      'isHoldConfirmed(one, holdMs, content.readAtMs)',
      'isHoldConfirmed(one, holdMs, nowMs)',
      'unit/guard/hold.test.ts',
      'time alone confirms nothing: without a fresh read a hold lasts for ever',
    ],
  ],
  'A first read that lists nothing is doubted': [
    [
      'src/guard/doubt.ts',
      'return listsAnyInstance(services) ? undefined : nowMs;',
      'return listsAnyInstance(services) || nowMs > 0 ? undefined : nowMs;',
      'unit/guard/doubt.test.ts',
      'is no answer: the bridge is not complete, and a hold says why',
    ],
    [
      'src/guard/registry-step.ts',
      "reading.kind === 'live' || isOvertaken(reading, inScope)",
      "reading.kind === 'live'",
      'unit/guard/doubt.test.ts',
      'takes in a good read that an error overtook: who ends the doubt by hand then publishes what is listed',
    ],
  ],
  'An emptied service keeps its name for a while': [
    [
      'src/guard/grace.ts',
      ' && nowMs >= sinceMs + emptyGraceMs',
      '',
      'unit/guard/grace.test.ts',
      'an emptied service keeps its last instances as gone, with their ports, and is listed with its end',
    ],
  ],
  'An instance that is called down may keep its traffic for a time': [
    [
      'src/guard/drain.ts',
      'if (sinceMs === undefined || nowMs >= drainEndMs({ status, sinceMs }, options)) return [];',
      'if (sinceMs === undefined || nowMs >= sinceMs) return [];',
      'property/guard.test.ts',
      'routes to what is up and to what was up until its drain is over, and to nobody else that is listed',
    ],
    [
      'src/guard/drain.ts',
      "one?.sinceMs ?? (last.status === 'up' ? nowMs : undefined)",
      "last.status === 'up' || one ? nowMs : undefined",
      'unit/guard/drain.test.ts',
      'drains once, whatever it is called afterwards: the time counts from when it was up, and is that of the last status',
    ],
  ],
  'What is frozen stays as it is': [
    [
      'src/guard/frozen-step.ts',
      "frozen.kind !== 'nothing' && memory.doubtedSinceMs === undefined",
      "frozen.kind !== 'nothing' && memory.doubtedSinceMs === 0",
      'property/guard.test.ts',
      'neither adds, changes nor removes anything that is frozen',
    ],
  ],
  'Before the first good read istiod is not told that there is nothing': [
    [
      'src/serve/stream.ts',
      'if (kind === undefined || snapshot.complete || released) return false;',
      'if (kind === undefined || snapshot.complete || !released) return false;',
      'protocol/sotw.test.ts',
      'ServiceEntries are held under every version, and all other types are answered at once',
    ],
    [
      'src/serve/cold-start.ts',
      "if (someoneMayHold) return wait('another connected client may hold entries');",
      '',
      'unit/serve/clients.test.ts',
      'holds a fresh istiod beside a running one until that one is gone',
    ],
    [
      'src/serve/process-memory.ts',
      'const wasYoung = ageMs <= YOUNG_MS &&',
      'const wasYoung = ageMs >= 0 &&',
      'unit/serve/process-memory.test.ts',
      'holds a process for young up to 30 s',
    ],
  ],
  'Ready means that istiod can be answered': [
    [
      'src/app/admin-views.ts',
      "{ name: 'not draining', isMet: phase !== 'draining' },",
      "{ name: 'registries', isMet: state.slices().every(({ reading }) => reading.kind === 'live') },",
      'unit/app/program-state.test.ts',
      'are ready whatever the registry does, and tell what it does',
    ],
  ],
  'A restart keeps what was read last': [
    [
      'src/app/pipeline.ts',
      'this.#stages = this.#stages.withMemory(memory);',
      'void memory;',
      'unit/app/pipeline.test.ts',
      'is what a former process remembered, at once, and replaced without a gap when the registry is read',
    ],
    [
      'src/app/pipeline.ts',
      "else void saving.then((end) => end === 'settled' && this.#settle(turn, run, changedAtMs));",
      'else this.#settle(turn, run, changedAtMs);',
      'unit/app/pipeline.test.ts',
      'is written down before: a process that is killed comes back with no less than istiod was told',
    ],
    [
      'src/persist/decode-state.ts',
      "|| checksum(body) !== head['sha256']",
      '',
      'unit/persist/decode-state.test.ts',
      'wherever it was cut, and whichever of its bytes is another',
    ],
  ],
  'A replica begins with what the others know': [
    [
      'src/app/seeding.ts',
      'if (states.length > 0) onStates(states);',
      '',
      'unit/app/seeding.test.ts',
      'goes on until everything was read, and tells what they said last, or for good that one gave a state',
    ],
    [
      'src/app/admin-views.ts',
      "isMet: phase !== 'starting' && phase !== 'restoring' },",
      "isMet: phase !== 'starting' },",
      'unit/app/program-state.test.ts',
      'are not ready before the state file and the other replicas were asked',
    ],
    [
      'src/persist/combined-state.ts',
      'return [...states].sort((a, b) => readAtMs(b) - readAtMs(a));',
      'return [...states].sort((a, b) => b.writtenAtMs - a.writtenAtMs);',
      'unit/persist/combined-state.test.ts',
      'newestFirst() looks at when was read, not at when was written',
    ],
  ],
  'Nothing outside the scope is published': [
    [
      'src/admit/gate.ts',
      'if (refusals.length > 0) return withoutEntry(unit, refusals);',
      '',
      'unit/admit/gate.test.ts',
      'with options that list nothing, nothing passes',
    ],
    [
      'src/admit/gate.ts',
      'const refused = refuseSecondOwners(admitted, presentSince);',
      'const refused = new Map<Converted, Refusal>(presentSince ? [] : refuseSecondOwners(admitted, presentSince));',
      'property/admit.test.ts',
      'gives nothing two owners, and takes from nobody what nobody else has',
    ],
  ],
  'One bad record harms only itself': [
    [
      'src/convert/endpoints.ts',
      "one.kind === 'candidate' ? [one.candidate] : []",
      "judged.every(({ kind }) => kind === 'candidate') && one.kind === 'candidate' ? [one.candidate] : []",
      'unit/convert/endpoints.test.ts',
      'a broken instance costs itself alone',
    ],
    [
      'src/serve/served-stream.ts',
      '      this.#deps.onDefect(this, error);',
      '      throw error;',
      'unit/serve/clients.test.ts',
      'whose serving meets a defect is ended, and the others are served',
    ],
  ],
  'Everything is bounded': [
    [
      'src/serve/subscription.ts',
      "if (sub.delivery.kind !== 'settled') return sub.delivery.kind === 'owed';",
      "if (sub.delivery.kind === 'owed') return true;",
      'protocol/sotw.test.ts',
      'of an answer under way lets the newest state follow, and only that',
    ],
    [
      'src/serve/fan-out.ts',
      'if (this.#running >= this.#concurrency) break;',
      '',
      'unit/serve/fan-out.test.ts',
      'gives as many turns at a time as it may, and the rest in order of arrival',
    ],
    [
      'src/registry/limit/limit-slices.ts',
      "if (present.length === 0) return { kind: 'none', listed: filled.length };",
      '',
      'unit/registry/limit/limit-slices.test.ts',
      'do not believe a registry that lists too much when nothing of it is there',
    ],
    [
      'src/serve/access/crowd.ts',
      'if (this.#most > 0 && open >= this.#most) return undefined;',
      '',
      'unit/serve/access/crowd.test.ts',
      'are as many as one may have, whatever ports they come from; another address has its own',
    ],
  ],
  'No change, no push': [
    [
      'src/app/pipeline.ts',
      'if (snapshot.fingerprint === former.fingerprint && snapshot.complete === former.complete) return;',
      '',
      'unit/app/pipeline.test.ts',
      'is what a former process remembered, at once, and replaced without a gap when the registry is read',
    ],
    [
      'src/serve/subscription.ts',
      'return sub.last?.version !== set.version;',
      'return true;',
      'protocol/sotw.test.ts',
      'is recorded, and the refused content is not sent again',
    ],
  ],
  'Changes go together, and soon': [
    [
      'src/snapshot/coalesce.ts',
      'cancelCeiling ??= clock.after(options.ceilingMs, run);',
      'cancelCeiling ??= clock.after(Number.MAX_SAFE_INTEGER, run);',
      'unit/app/pipeline.test.ts',
      'changes are published together after a quiet period, and under constant change at the ceiling',
    ],
  ],
  'The same content gives the same bytes': [
    [
      'src/snapshot/snapshot.ts',
      'const sorted = [...list].sort((a, b) => compareTexts(a.name, b.name));',
      'const sorted = [...list];',
      'unit/snapshot/snapshot.test.ts',
      'do not depend on the order of arrival, and neither do the bytes',
    ],
  ],
  'A name keeps its owner': [
    [
      'src/guard/seniority.ts',
      'firstRead.has(registry) ? 0 : nowMs',
      'firstRead.has(registry) ? 0 : 0 * nowMs',
      'unit/guard/seniority.test.ts',
      'all names of the first good read are equally old, later ones have the time of their first sight',
    ],
  ],
  'It leaves in order': [
    [
      'src/serve/drain.ts',
      'after((place * staggerMs) / streams.length, end);',
      'after(0 * place * staggerMs, end);',
      'unit/serve/drain.test.ts',
      'says so, waits, stops listening, and ends the streams evenly spread',
    ],
    [
      'src/app/lifecycle.ts',
      '        finish(false);',
      '',
      'unit/app/lifecycle.test.ts',
      'a stop that does not end is cut at the deadline',
    ],
  ],
  'Secrets stay where they are': [
    [
      'src/registry/decoding/secrets.ts',
      'secret = hasSecretWord(key) || matchesGlob(key);',
      'secret = matchesGlob(key);',
      'unit/registry/eureka/decode.test.ts',
      'loses secrets here, and remembers only their keys',
    ],
    [
      'src/config/print.ts',
      'if (setting.field.sensitive !== true)',
      'if (setting.field.sensitive !== undefined || setting.value !== undefined)',
      'unit/config/secrets.test.ts',
      'from the environment reach the configuration and are masked wherever it is printed',
    ],
  ],
  'Nobody changes anything without the token': [
    [
      'src/admin/server.ts',
      "const refused = await refusedWriter(tokenFile, context.req.header('authorization'));",
      "const refused = await refusedWriter(tokenFile, context.req.header('authorization')).then(() => undefined);",
      'faults/release.test.ts',
      'changes nothing without the token',
    ],
  ],
};

export const GUARD_TABLE: readonly GuardRow[] = Object.entries(PROMISES).flatMap(([promise, guards]) =>
  guards.map(([file, guard, without, suite, test]) => ({ promise, file, guard, without, suite, test })),
);
