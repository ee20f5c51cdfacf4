/**
 * What is kept on this device, once a person has asked for it: sheets, record by record, in IndexedDB. Knows no page and no scoring.
 *
 * Records, and not one blob, so that two tabs never overwrite each other's answers. Written with `durability: "strict"`, which
 * waits for the disk: a browser that is killed right after has lost nothing (localStorage reaches the disk some seconds late).
 *
 * @typedef {import("#client/sheet.js").Change} Change
 * @typedef {"refused" | "full" | "gone"} Trouble - Not allowed here; no room left; thrown away by the browser, or cleared in another tab.
 *
 * @typedef {object} Told - What the page hears, and is asked.
 * @property {(trouble: Trouble) => void} trouble - Something is not kept.
 * @property {() => void} mended - What was not kept is kept now.
 * @property {(changes: Change[]) => void} changed - Another tab changed the sheet.
 * @property {() => void} cleared - Another tab cleared it.
 * @property {() => Change[]} records - All that the sheet holds now.
 */

import { sheetOf } from "#client/sheet.js";

/** The object store that holds every record. */
export const RECORDS = "records";

/** What one site keeps of one framework on this device. */
export class Storage {
  /** Open only once a sheet is kept. @type {IDBDatabase | null} */
  database = null;
  /** The key of the sheet on the page, once it is kept. @type {string | null} */
  key = null;
  /** Whether something could not be written: then the next write brings everything. */
  #behind = false;

  /**
   * @param {string} name - Of all that is kept here.
   * @param {Told} told - What the page hears, and is asked.
   */
  constructor(name, told) {
    this.name = name;
    this.told = told;
    this.channel = new BroadcastChannel(this.name);
    this.channel.onmessage = ({ data: { keys, changes } }) => {
      if (!keys.includes(this.key)) return;
      if (changes) told.changed(changes);
      else told.cleared();
    };
  }

  /**
   * Open what is kept.
   *
   * @param {boolean} create - Whether to begin where there is nothing. Without it, nothing is written to the device.
   * @returns {Promise<boolean>} Whether anything is kept.
   * @throws {unknown} What the browser says, when it does not allow it.
   */
  async open(create) {
    this.database ??= await new Promise((resolve, reject) => {
      const request = indexedDB.open(this.name, 1);
      request.onupgradeneeded = () => {
        if (create) request.result.createObjectStore(RECORDS);
        else request.transaction?.abort();
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => (request.error?.name === "AbortError" ? resolve(null) : reject(request.error));
    });
    const forget = () => {
      this.database = null;
    };
    if (this.database) {
      this.database.onclose = forget;
      // A tab that removes the database must not wait for this one.
      this.database.onversionchange = ({ target }) => {
        /** @type {IDBDatabase} */ (target).close();
        forget();
      };
    }
    return Boolean(this.database);
  }

  /**
   * Go on with a sheet that is kept, or with one that is not.
   *
   * @param {string | null} key - Of the sheet.
   */
  goOnWith(key) {
    this.key = key;
    this.#behind = false;
    try {
      // Within a tab, a reload goes on with the same sheet. Written only when a sheet is kept, and gone with the tab.
      if (key) sessionStorage.setItem(this.name, key);
      else sessionStorage.removeItem(this.name);
    } catch {
      // Then a reload asks which sheet to go on with.
    }
  }

  /**
   * Begin to keep the sheet.
   *
   * @returns {Promise<boolean>} Whether it is kept, once it is on the disk.
   */
  async begin() {
    try {
      await this.open(true);
      this.goOnWith(`${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`);
      await this.#put(this.told.records(), true);
      return true;
    } catch (cause) {
      this.goOnWith(null);
      this.#tell(cause);
      return false;
    }
  }

  /**
   * Keep changes. They are handed to the browser before this returns.
   *
   * @param {Change[]} changes - Of the sheet. Nothing happens while it is not kept.
   */
  async write(changes) {
    if (!this.key) return;
    const whole = this.#behind;
    try {
      await this.#put(whole ? this.told.records() : changes, whole);
      if (!whole) return;
      this.#behind = false;
      this.told.mended();
    } catch (cause) {
      this.#behind = true;
      this.#tell(cause);
    }
  }

  /**
   * Write changes, all or none.
   *
   * @param {Change[]} changes - Of the sheet.
   * @param {boolean} whole - Whether this is all of it, in place of what is there. Otherwise a sheet that is gone stays gone.
   */
  async #put(changes, whole) {
    const { database, key } = this;
    if (!database) throw GONE;
    await new Promise((resolve, reject) => {
      let isGone = false;
      const transaction = database.transaction(RECORDS, "readwrite", { durability: "strict" });
      const store = transaction.objectStore(RECORDS);
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(isGone ? GONE : transaction.error);
      if (whole) store.delete(recordsIn(String(key)));
      else {
        store.count(recordsIn(String(key))).onsuccess = ({ target }) => {
          isGone = !(/** @type {IDBRequest<number>} */ (target).result);
          if (isGone) transaction.abort();
        };
      }
      for (const change of changes) {
        const at = [String(key), .../** @type {string[]} */ (change.slice(0, -1))];
        const value = change.at(-1);
        if (value === undefined) store.delete(at);
        else store.put(value, at);
      }
    });
    this.channel.postMessage({ keys: [key], changes });
  }

  /** @type {(cause: unknown) => void} */
  #tell(cause) {
    const { name } = /** @type {Error} */ (cause ?? GONE);
    if (name === GONE.name) this.goOnWith(null);
    this.told.trouble(name === GONE.name ? "gone" : name === "QuotaExceededError" ? "full" : "refused");
  }
}

/** What browsers say of a database that they have thrown away. */
const GONE = new DOMException("", "InvalidStateError");

/**
 * Read all sheets that are kept.
 *
 * @param {IDBDatabase} database - Open.
 * @returns {Promise<Map<string, import("#client/sheet.js").Sheet>>} By key.
 */
export async function sheetsIn(database) {
  /** @type {Map<string, Change[]>} */
  const found = new Map();
  const store = database.transaction(RECORDS).objectStore(RECORDS);
  const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
  keys.forEach((at, index) => {
    const [key, ...path] = /** @type {string[]} */ (at);
    if (!found.has(key)) found.set(key, []);
    found.get(key)?.push(/** @type {Change} */ ([...path, values[index]]));
  });
  return new Map([...found].map(([key, records]) => [key, sheetOf(records)]));
}

/**
 * @template T
 * @param {IDBRequest<T>} request - Under way.
 * @returns {Promise<T>} What it finds.
 */
export const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * Name all records of a sheet.
 *
 * @param {string} key - Of the sheet.
 * @returns {IDBKeyRange} For the object store.
 */
export const recordsIn = (key) => IDBKeyRange.bound([key], [key, []]);
