// The browser in which pages of ours are looked at: found on this machine, else installed where that is possible.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Path of a browser, or null. */
export function findBrowser() {
  return PLACES.find((place) => existsSync(place)) ?? null;
}

/** Installs Chromium with the machine's package manager, where that is apt-get and we are root; true when it is there. */
export function installBrowser() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.log('Installing Chromium (a minute or two, once) …');
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-qq'], quiet);
  spawnSync(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'],
    quiet,
  );
  return findBrowser() !== null;
}

export function noBrowser() {
  return 'There is no Chromium or Chrome on this machine: pages are not looked at. Install chromium to have them checked.';
}
