// What the package dataloader does: the keys that are asked for in one tick are loaded together,
// each once. Whatever promises already wait resolve before the keys leave.
"use strict";

const resolved = Promise.resolve();

class Loader {
  constructor(load) {
    this.load = load;
    this.known = new Map();
    this.batch = null;
  }

  get(key) {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const batch = this.batch ?? this.begin();
    batch.keys.push(key);
    const promise = new Promise((resolve, reject) => batch.waiters.push({ resolve, reject }));
    this.known.set(key, promise);
    return promise;
  }

  begin() {
    const batch = { keys: [], waiters: [] };
    this.batch = batch;
    resolved.then(() => process.nextTick(() => this.send(batch)));
    return batch;
  }

  async send(batch) {
    this.batch = null;
    try {
      const values = await this.load(batch.keys);
      for (let at = 0; at < values.length; at++) batch.waiters[at].resolve(values[at]);
    } catch (error) {
      for (const waiter of batch.waiters) waiter.reject(error);
    }
  }
}

module.exports = { Loader };
