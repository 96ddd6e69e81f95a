// Where the runbooks are is known only to who runs this: a variable says it, with a value that leads nowhere until it is set.
// The chart puts its own `runbookBaseUrl` in the place of that value.
import {
  DashboardLinkBuilder,
  DashboardLinkType,
  TextBoxVariableBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';

export const RUNBOOKS = new TextBoxVariableBuilder('runbooks')
  .label('Runbooks at')
  .description('Where you keep docs/runbooks, with a slash at the end: the same as in the annotations of the alerts.')
  .defaultValue('https://runbooks.invalid/');

/** `page` without its ending: the name of an alert, or README. */
export function runbookLink(title: string, page: string): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Link)
    .url(`\${runbooks:raw}${page}.md`)
    .tooltip('What it means, what to look at, what to do')
    .icon('doc')
    .targetBlank(true);
}
