import { writeFile } from 'node:fs/promises';
import { generatedFiles } from './generated-files.ts';

for (const [path, content] of await generatedFiles()) {
  await writeFile(path, content);
  console.log(path);
}
