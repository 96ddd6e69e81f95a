// Peers that Maven makes, each from a folder of test/peers/java: a runnable jar, or a folder of jars for a class path.
import { copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buildStep, contentKey, type Peer, pathInPeers } from './peer.ts';
import { JAVA, MAVEN } from './tool.ts';

interface MavenProject {
  readonly name: string;
  /** Its folder under test/peers/java. */
  readonly project: string;
  /** Of several in its pom, the profile to build. */
  readonly profile?: string;
  readonly buildNotice: string;
}

/** A Spring Boot application: one jar for `java -jar`. */
export function bootJarPeer({ name, project, buildNotice }: MavenProject): Peer {
  return {
    name,
    cacheName: `${project}-${keyOf(project)}.jar`,
    buildTools: [MAVEN],
    runTools: [JAVA],
    buildNotice,
    build: (target) =>
      inBuiltCopy(project, ['package'], (copy) => {
        const [jar] = jarsIn(copy);
        if (jar === undefined) throw new Error(`the Maven build of ${project} made no jar`);
        copyFileSync(jar, target);
      }),
  };
}

/** A plain program: a folder with the jars of all that it depends on and its own, if it has any classes. */
export function classPathPeer({ name, project, profile, buildNotice }: MavenProject): Peer {
  return {
    name,
    cacheName: `${profile ?? project}-${keyOf(project)}`,
    buildTools: [MAVEN],
    runTools: [JAVA],
    buildNotice,
    build: (target) => {
      const goals = [
        'package',
        'dependency:copy-dependencies',
        '-DincludeScope=runtime',
        `-DoutputDirectory=${target}`,
      ];
      return inBuiltCopy(project, profile === undefined ? goals : ['-P', profile, ...goals], (copy) => {
        for (const jar of jarsIn(copy)) copyFileSync(jar, join(target, basename(jar)));
      });
    },
  };
}

function folderOf(project: string): string {
  return pathInPeers('java', project);
}

/** Changes with the pom and with every source file. */
function keyOf(project: string): string {
  const folder = folderOf(project);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return contentKey(paths.filter((path) => /\.(?:java|xml)$/.test(path)).map((path) => join(folder, path)));
}

/** Maven writes beside its sources, which are none of its business: it works on a copy, gone when `take` is through. */
async function inBuiltCopy(project: string, goals: readonly string[], take: (copy: string) => void): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), `footbridge-${project}-`));
  try {
    cpSync(folderOf(project), copy, { recursive: true });
    await buildStep('mvn', ['-q', '-B', ...goals], copy);
    take(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The jars that the project itself made. */
function jarsIn(copy: string): readonly string[] {
  const built = join(copy, 'target');
  // A project without classes has no such folder.
  const names = existsSync(built) ? readdirSync(built) : [];
  return names.filter((name) => name.endsWith('.jar')).map((name) => join(built, name));
}
