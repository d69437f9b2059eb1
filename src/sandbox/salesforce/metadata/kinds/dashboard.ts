import type { Component, Draft, Kind } from '../deploy/component.js';
import { checkElements } from '../types/check-elements.js';
import { error, isError, type Problem } from '../types/problem.js';
import { allElements, childOf, isTrue, numberOf, textOf, type XmlElement } from '../xml/element.js';
import { checkParts } from './dashboard-parts.js';

export const DASHBOARD_FOLDER: Kind = {
  type: 'DashboardFolder',
  folder: 'dashboards',
  suffix: 'dashboardFolder',
  keyPrefix: '00l',
  check: ({ element }) => checkElements(element, 'DashboardFolder'),
};

export const DASHBOARD: Kind = {
  type: 'Dashboard',
  folder: 'dashboards',
  suffix: 'dashboard',
  keyPrefix: '01Z',
  check,
};

const MOST_COMPONENTS = 20;

function check(component: Component, draft: Draft): readonly Problem[] {
  const { element, fullName } = component;
  const shape = checkElements(element, 'Dashboard');
  if (shape.some(isError)) return shape;
  const folder = fullName.slice(0, Math.max(0, fullName.lastIndexOf('/')));
  return [
    ...shape,
    ...(draft.stored('DashboardFolder', folder) ? [] : [error(`Cannot find folder:${folder}`, element)]),
    ...checkRunningUser(element, draft),
    ...checkLayout(element),
    ...checkParts(element, draft),
    ...checkLengths(element),
  ];
}

const LONGEST = { title: 80, description: 255 };

function checkLengths(element: XmlElement): readonly Problem[] {
  return Object.entries(LONGEST)
    .filter(([name, limit]) => textOf(element, name).length > limit)
    .map(([name, limit]) => error(`Value too long for field: ${name} maximum length is:${limit}`, element));
}

function checkRunningUser(element: XmlElement, { org }: Draft): readonly Problem[] {
  const type = textOf(element, 'dashboardType');
  if (!['', 'SpecifiedUser', 'LoggedInUser', 'MyTeamUser'].includes(type)) {
    return [error(`'${type}' is not a valid value for the enum 'DashboardType'`, element)];
  }
  const user = textOf(element, 'runningUser');
  if (type !== 'SpecifiedUser' && user === '') return [];
  return org.table('User').withValue('Username', user).length > 0
    ? []
    : [error(`In field: runningUser - no User named ${user} found`, element)];
}

function checkLayout(element: XmlElement): readonly Problem[] {
  const grid = childOf(element, 'dashboardGridLayout');
  const classic = childOf(element, 'leftSection') && childOf(element, 'rightSection');
  if (isTrue(element, 'isGridLayout') ? !grid : !grid && !classic) {
    return [error('A dashboard needs a dashboardGridLayout, or a leftSection and a rightSection', element)];
  }
  const parts = allElements(element, 'dashboardGridComponents');
  const columns = grid ? numberOf(grid, 'numberOfColumns') : 0;
  return [
    ...(parts.length > MOST_COMPONENTS
      ? [error(`A dashboard can have at most ${MOST_COMPONENTS} components`, element)]
      : []),
    ...parts
      .filter((part) => numberOf(part, 'columnIndex') + numberOf(part, 'colSpan') > columns)
      .map((part) => error(`Component reaches beyond the ${columns} columns of the grid`, part)),
    ...overlapping(parts),
  ];
}

function overlapping(parts: readonly XmlElement[]): readonly Problem[] {
  const boxes = parts.map((part) => ({
    left: numberOf(part, 'columnIndex'),
    right: numberOf(part, 'columnIndex') + numberOf(part, 'colSpan'),
    top: numberOf(part, 'rowIndex'),
    bottom: numberOf(part, 'rowIndex') + numberOf(part, 'rowSpan'),
    part,
  }));
  return boxes
    .filter((box, index) =>
      boxes
        .slice(0, index)
        .some(
          (other) =>
            box.left < other.right &&
            other.left < box.right &&
            box.top < other.bottom &&
            other.top < box.bottom,
        ),
    )
    .map((box) => error('Component overlaps another one', box.part));
}
