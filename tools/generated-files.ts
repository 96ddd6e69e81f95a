// Every file of the repository that is made from code. `npm run generate` writes them; a test compares them.
import { renderDashboards } from '../dashboards/src/render.ts';
import { describeJsonSchema, describeMarkdown } from '../src/config/describe.ts';
import { describeProblems } from '../src/model/describe-problems.ts';
import { describeMetrics } from '../src/observe/describe-metrics.ts';
import { describeChart } from './describe-chart.ts';
import { describeChecks } from './describe-checks.ts';
import { describeCommands } from './describe-commands.ts';
import { describeCompatibility } from './describe-compatibility.ts';
import { describeFaults } from './describe-faults.ts';
import { describeRegistries } from './describe-registries.ts';
import { generatePageScript } from './generate-page-script.ts';
import { generateProto } from './generate-proto.ts';

/** Path from the root → the whole content. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const { js, dts } = await generateProto();
  return new Map([
    ['src/proto/messages.gen.js', js],
    ['src/proto/messages.gen.d.ts', dts],
    ['src/admin/page-script.gen.ts', await generatePageScript()],
    ['docs/commands.md', describeCommands()],
    ['docs/configuration.md', describeMarkdown()],
    ['docs/configuration.schema.json', describeJsonSchema()],
    ['docs/metrics.md', describeMetrics()],
    ['docs/problems.md', describeProblems()],
    ['docs/registries.md', describeRegistries()],
    ['docs/compatibility.md', describeCompatibility()],
    ['docs/checks.md', describeChecks()],
    ['docs/faults.md', describeFaults()],
    ...describeChart(),
    ...renderDashboards(),
  ]);
}
