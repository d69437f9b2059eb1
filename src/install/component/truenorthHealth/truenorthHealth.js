import { getRecord } from 'lightning/uiRecordApi';
import { getRelatedListRecords } from 'lightning/uiRelatedListApi';
import { api, LightningElement, wire } from 'lwc';
import { ACCOUNT_FIELDS, SNAPSHOTS } from './fields';
import { historyView, readSnapshots } from './history';
import { errorText, isWithheld, readRecord } from './record';
import { healthView, sightOf } from './view';

const SHOWN_DRIVERS = 5;
const READ = Object.values(ACCOUNT_FIELDS).map((name) => `Account.${name}`);
const SNAPSHOT_READ = Object.values(SNAPSHOTS.fields).map((name) => `${SNAPSHOTS.object}.${name}`);
const NEWEST_FIRST = [`-${SNAPSHOTS.object}.${SNAPSHOTS.fields.on}`];

/** The health of an account: score, what costs points, how it went, how the account is served. Reads only. */
export default class TruenorthHealth extends LightningElement {
  @api recordId;

  sight = 'loading';
  trouble = '';
  view = null;
  history = null;
  historyTrouble = false;
  showsAll = false;

  @wire(getRecord, { recordId: '$recordId', optionalFields: READ })
  takeRecord({ data, error }) {
    if (error) {
      this.sight = isWithheld(error) ? 'withheld' : 'failed';
      this.trouble = errorText(error);
    } else if (data) {
      const values = readRecord(data, ACCOUNT_FIELDS);
      this.sight = sightOf(values);
      this.view = healthView(values);
    }
  }

  @wire(getRelatedListRecords, {
    parentRecordId: '$recordId',
    relatedListId: SNAPSHOTS.relationship,
    optionalFields: SNAPSHOT_READ,
    sortBy: NEWEST_FIRST,
    pageSize: 36,
  })
  takeSnapshots({ data, error }) {
    this.historyTrouble = Boolean(error);
    if (data) this.history = historyView(readSnapshots(data.records, SNAPSHOTS.fields));
  }

  get isLoading() {
    return this.sight === 'loading';
  }

  get isFailed() {
    return this.sight === 'failed';
  }

  get isWithheld() {
    return this.sight === 'withheld';
  }

  get isUnassessed() {
    return this.sight === 'unassessed';
  }

  get isShown() {
    return this.sight === 'assessed';
  }

  get coverage() {
    return this.isShown ? this.view.coverage : null;
  }

  get drivers() {
    return this.showsAll ? this.view.lost.lines : this.view.lost.lines.slice(0, SHOWN_DRIVERS);
  }

  get hasMoreDrivers() {
    return this.view.lost.lines.length > SHOWN_DRIVERS;
  }

  get toggleText() {
    return this.showsAll ? 'Show fewer' : `Show all ${this.view.lost.lines.length}`;
  }

  get toggleState() {
    return String(this.showsAll);
  }

  get hasHistory() {
    return this.history !== null && this.history.rows.length > 0;
  }

  get hasNoHistory() {
    return this.history !== null && this.history.rows.length === 0;
  }

  toggleDrivers() {
    this.showsAll = !this.showsAll;
  }
}
