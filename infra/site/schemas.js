// Compiles JSON Schemas in ajv's strict mode: `npm run schemas -- FOLDER`, with the unpacked sluice-contract zip of a release.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const folder = process.argv[2];
const files = readdirSync(folder, {recursive: true}).filter((file) => file.endsWith('.schema.json'));
let refused = files.length === 0 ? 1 : 0;
for (const file of files) {
  const ajv = new Ajv({strict: true});
  formats(ajv);
  try {
    ajv.compile(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  } catch (error) {
    refused++;
    console.error(`${file}: ${error.message}`);
  }
}
console.log(`${files.length} schemas, ${refused} refused`);
process.exitCode = refused ? 1 : 0;
