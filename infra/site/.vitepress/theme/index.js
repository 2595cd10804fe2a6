import DefaultTheme from 'vitepress/theme';
import {onMounted, watch, nextTick} from 'vue';
import {useRoute} from 'vitepress';

async function draw() {
  const diagrams = document.querySelectorAll('pre.mermaid:not([data-processed])');
  if (diagrams.length > 0) {
    const {default: mermaid} = await import('mermaid');
    mermaid.initialize({startOnLoad: false, theme: document.documentElement.classList.contains('dark') ? 'dark' : 'default'});
    await mermaid.run({nodes: diagrams});
  }
}

export default {
  extends: DefaultTheme,
  setup() {
    const route = useRoute();
    onMounted(draw);
    watch(() => route.path, () => nextTick(draw));
  },
};
