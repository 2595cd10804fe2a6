import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const here = fileURLToPath(new URL('../target/', import.meta.url));

/** The title of a page is its first heading. */
const item = (page) => ({
  text: /^# (.*)/m.exec(readFileSync(`${here}pages/${page}.md`, 'utf8'))[1].replace(/[:,].*/, ''),
  link: page === 'index' ? '/' : '/' + page.replace(/index$/, ''),
});

// Anchors as GitHub makes them: the same links work in both places. RepositoryTest checks them.
const slugify = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

export default {
  title: 'Sluice',
  description: 'Automated ingestion for Apache Druid',
  // Where the site is below its host: /sluice/ for https://OWNER.github.io/sluice.
  base: process.env.BASE ?? '/',
  srcDir: here + 'pages',
  outDir: here + 'html',
  cacheDir: here + 'cache',
  // A link that leads nowhere fails the build: this is VitePress' default.
  ignoreDeadLinks: false,
  markdown: {
    html: false,
    anchor: {slugify},
    config(markdown) {
      const fence = markdown.renderer.rules.fence;
      markdown.renderer.rules.fence = (tokens, index, ...rest) =>
        tokens[index].info.trim() === 'mermaid'
          ? `<pre class="mermaid" v-pre>${markdown.utils.escapeHtml(tokens[index].content)}</pre>`
          : fence(tokens, index, ...rest);
    },
  },
  themeConfig: {
    search: {provider: 'local'},
    outline: [2, 3],
    sidebar: [
      {text: 'Start', items: ['index', 'cli', 'editors', 'contract', 'findings'].map(item)},
      {text: 'Definitions', items: ['streams', 'lifecycle', 'drift', 'defaults'].map(item)},
      {text: 'API', items: ['gate', 'airflow', 'step-functions'].map(item)},
      {
        text: 'Operate',
        items: ['terraform/index', 'terraform/upgrade', 'configuration', 'operations', 'cost', 'security', 'native'].map(item),
      },
      {
        text: 'How it works',
        items: ['architecture', 'reliability', 'decisions/index', 'contributing', 'releasing', 'changelog'].map(item),
      },
    ],
  },
};
