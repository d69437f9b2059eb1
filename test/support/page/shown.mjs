import { createElement } from 'lwc';
import TruenorthHealth from '../../../src/install/component/truenorthHealth/truenorthHealth.js';
import { feed } from './lightning/feed.mjs';

const shown = [];

/** The component in a document, with its wires answered by `ask`: what a reader finds in it. */
export async function show(ask) {
  feed.ask = ask;
  const element = createElement('c-truenorth-health', { is: TruenorthHealth });
  element.recordId = '001000000000001AAA';
  document.body.append(element);
  shown.push(element);
  await settled();
  const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
  return {
    /** Texts of what matches, blanks made one. */
    texts: (selector) => all(selector).map((found) => words(found)),
    text: () => words(element.shadowRoot.querySelector('article')),
    all,
    click: async (selector) => {
      all(selector)[0].click();
      await settled();
    },
  };
}

/** Takes everything off the page again. */
export function clear() {
  for (const element of shown.splice(0)) element.remove();
}

/** Wires answer, then the engine renders: both in promises that are resolved by then. */
async function settled() {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

function words(element) {
  return element.textContent.replace(/\s+/g, ' ').trim();
}
