// Writes the pages of the site to target/pages: the Markdown of the repository, with links that lead to pages or to the
// repository, and one page for each finding. Run by `npm run build`.
//
// REPOSITORY, such as https://github.com/OWNER/sluice/blob/v0.1.0, is where links to other files lead; without it their text stays.
import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join, posix} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
// Below the folder with node_modules, where Vite looks for the libraries of a page.
const target = join(dirname(fileURLToPath(import.meta.url)), 'target', 'pages');
const repository = (process.env.REPOSITORY ?? '').replace(/\/$/, '');

// A file of the repository -> its page.
const pages = new Map([
  ['README.md', 'index.md'],
  ['CHANGELOG.md', 'changelog.md'],
  ['CONTRIBUTING.md', 'contributing.md'],
  ['SECURITY.md', 'reporting-vulnerabilities.md'],
  ['terraform/README.md', 'terraform/index.md'],
  ['terraform/UPGRADE.md', 'terraform/upgrade.md'],
]);
for (const file of readdirSync(join(root, 'docs'), {recursive: true})) {
  if (file.endsWith('.md')) {
    pages.set('docs/' + file, file.replace(/README\.md$/, 'index.md'));
  }
}

const FENCE = /^(```|~~~)/;
const LINK = /(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)/g;

/** Lines outside of code, changed by a function. */
function outsideOfCode(text, change) {
  let code = false;
  return text
    .split('\n')
    .map((line) => {
      if (FENCE.test(line.trim())) {
        code = !code;
        return line;
      }
      return code ? line : change(line);
    })
    .join('\n');
}

function link(file, page, [whole, image, text, path, anchor = '']) {
  const linked = posix.normalize(posix.join(posix.dirname(file), path));
  const to = pages.get(linked);
  if (to) {
    const relative = posix.relative(posix.dirname(page), to);
    return `${image}[${text}](${relative.startsWith('.') ? relative : './' + relative}${anchor})`;
  }
  if (!existsSync(join(root, linked))) {
    throw new Error(`${file} links to ${path}, which does not exist`);
  }
  if (image) {
    mkdirSync(dirname(join(target, 'public', linked)), {recursive: true});
    cpSync(join(root, linked), join(target, 'public', linked));
    return `![${text}](/${linked})`;
  }
  return repository ? `${image}[${text}](${repository}/${linked}${anchor})` : text;
}

function write(page, text) {
  mkdirSync(dirname(join(target, page)), {recursive: true});
  writeFileSync(join(target, page), text);
}

rmSync(target, {recursive: true, force: true});
mkdirSync(target, {recursive: true});

// What the docs say about each code: its row in a table, the heading above it, and every other section that names it.
const findings = new Map();
const mentions = new Map();
for (const [file, page] of pages) {
  const text = readFileSync(join(root, file), 'utf8');
  write(page, outsideOfCode(text, (line) => line.replace(LINK, (...match) => link(file, page, match))));
  let heading = '';
  let columns = [];
  outsideOfCode(text, (line) => {
    heading = /^#+ (.*)/.exec(line)?.[1] ?? heading;
    const cells = line.startsWith('|') ? line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()) : null;
    if (cells?.[0] === 'code') {
      columns = cells;
    } else if (cells && /^SLU-\d{4}$/.test(cells[0])) {
      findings.set(cells[0], {file, page, heading, columns, cells});
      return line;
    }
    for (const [code] of line.matchAll(/SLU-\d{4}/g)) {
      mentions.set(code, [...(mentions.get(code) ?? []), {page, heading, text}]);
    }
    return line;
  });
}

/** The rule of GitHub, and of RepositoryTest. */
export function anchor(heading) {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

for (const [code, {file, page, heading, columns, cells}] of findings) {
  const lines = [`# ${code}`, ''];
  for (let index = 1; index < cells.length; index++) {
    const value = cells[index].replace(LINK, (...match) => link(file, 'findings/' + code + '.md', match));
    lines.push(columns[index] === 'meaning' ? value : `**${columns[index]}**: ${value}`, '');
  }
  lines.push(`One of the findings of [${heading}](../${page}#${anchor(heading)}).`, '');
  const others = new Map((mentions.get(code) ?? []).map((mention) => [mention.page + '#' + anchor(mention.heading), mention]));
  if (others.size > 0) {
    lines.push('More about it:', '');
    others.forEach((mention, to) => lines.push(`- [${mention.heading}](../${to})`));
  }
  lines.push('', 'The finding itself names the place, what would be right and, where there is one, the nearest right value.', '');
  write(`findings/${code}.md`, lines.join('\n'));
}
if (findings.size < 100) {
  throw new Error(`Only ${findings.size} findings have a row in the docs`);
}
cpSync(join(root, 'LICENSE'), join(target, 'public', 'LICENSE'));
console.log(`${pages.size} pages and ${findings.size} findings`);
