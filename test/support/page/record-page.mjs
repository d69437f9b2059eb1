// Runs in the browser: the component on its page, its wires answered by the server.
import '/synthetic-shadow.js';

const { createElement } = await import('lwc');
const { feed } = await import('/lightning/feed.mjs');
const { default: TruenorthHealth } = await import('/component/truenorthHealth.js');
const asked = new URLSearchParams(location.search);

feed.ask = async (name, config) => {
  const answer = await fetch(`/wire/${asked.get('case')}/${name}`, {
    method: 'POST',
    body: JSON.stringify(config),
  });
  return answer.json();
};
document.documentElement.dir = asked.get('dir') ?? 'ltr';
document.querySelector('.name').textContent = asked.get('name') ?? 'Northwind Instruments';
const element = createElement('c-truenorth-health', { is: TruenorthHealth });
element.recordId = '001000000000001AAA';
document.querySelector('#place').append(element);
