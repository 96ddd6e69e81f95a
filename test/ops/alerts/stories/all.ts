// Stories by the alert that they are about.
import type { Story } from '../story.ts';
import { ACCESS_STORIES } from './access.ts';
import { CONTENT_STORIES } from './content.ts';
import { ISTIOD_STORIES } from './istiod.ts';
import { PROCESS_STORIES } from './process.ts';
import { REGISTRY_STORIES } from './registry.ts';

export const STORIES: Readonly<Record<string, readonly Story[]>> = {
  ...PROCESS_STORIES,
  ...REGISTRY_STORIES,
  ...CONTENT_STORIES,
  ...ISTIOD_STORIES,
  ...ACCESS_STORIES,
};
