// PropertiesService, CacheService, LockService: what outlives an execution, kept by `env.properties` under a kind each.

const CACHE_LONGEST = 21_600; // seconds
const VALUE_LIMIT = 9 * 1024; // characters of one property
const CACHE_LIMIT = 100 * 1024;
const KINDS = { Document: "document", Script: "script", User: "user" };

export function propertiesService({ env, guard }) {
  return each((name, kind) => [`get${name}Properties`, () => {
    guard.allow("properties", `PropertiesService.get${name}Properties`);
    return new Properties(env, guard, kind);
  }]);
}

export function cacheService({ env, guard }) {
  return each((name, kind) => [`get${name}Cache`, () => {
    guard.allow("properties", `CacheService.get${name}Cache`);
    return new Cache(env, guard, `cache-${kind}`);
  }]);
}

export function lockService({ env, guard }) {
  return each((name, kind) => [`get${name}Lock`, () => {
    guard.allow("properties", `LockService.get${name}Lock`);
    return new Lock(env, guard, `lock-${kind}`);
  }]);
}

function each(pair) {
  return Object.fromEntries(Object.entries(KINDS).map(([name, kind]) => pair(name, kind)));
}

class Properties {
  #env;
  #guard;
  #kind;

  constructor(env, guard, kind) {
    this.#env = env;
    this.#guard = guard;
    this.#kind = kind;
  }

  getProperty(key) { return this.getProperties()[key] ?? null; }
  getProperties() { return { ...this.#env.properties.load(this.#kind) }; }
  getKeys() { return Object.keys(this.getProperties()); }
  setProperty(key, value) { return this.setProperties({ [key]: value }); }

  setProperties(pairs, deleteOthers = false) {
    const texts = Object.fromEntries(Object.entries(pairs).map(([key, value]) => [key, String(value)]));
    const fits = Object.values(texts).every((text) => text.length <= VALUE_LIMIT);
    this.#guard.ensure(fits, "Argument too large: value");
    return this.#save({ ...(deleteOthers ? {} : this.getProperties()), ...texts });
  }

  deleteProperty(key) {
    const { [key]: gone, ...rest } = this.getProperties();
    return this.#save(rest);
  }

  deleteAllProperties() { return this.#save({}); }

  #save(pairs) {
    this.#env.properties.save(this.#kind, pairs);
    return this;
  }
}

class Cache {
  #env;
  #guard;
  #kind;

  constructor(env, guard, kind) {
    this.#env = env;
    this.#guard = guard;
    this.#kind = kind;
  }

  get(key) {
    const found = this.#env.properties.load(this.#kind)[key];
    return found && found.until > this.#env.now() ? found.value : null;
  }

  put(key, value, seconds = 600) {
    this.#guard.ensure(String(value).length <= CACHE_LIMIT, "Argument too large: value");
    const until = this.#env.now() + 1000 * Math.min(seconds, CACHE_LONGEST);
    this.#env.properties.save(this.#kind, { ...this.#env.properties.load(this.#kind), [key]: { value: String(value), until } });
  }

  remove(key) {
    const { [key]: gone, ...rest } = this.#env.properties.load(this.#kind);
    this.#env.properties.save(this.#kind, rest);
  }
}

/** A lock that an execution lost ends by itself, as an execution does at Google. */
class Lock {
  #env;
  #kind;
  #mine = false;

  constructor(env, guard, kind) {
    this.#env = env;
    this.#kind = kind;
  }

  tryLock(milliseconds) {
    const held = () => (this.#env.properties.load(this.#kind).until || 0) > this.#env.now();
    for (let waited = 0; held() && waited < milliseconds && this.#env.sleep; waited += 100) this.#env.sleep(100);
    if (held()) return this.#mine;
    this.#env.properties.save(this.#kind, { until: this.#env.now() + 360_000 });
    this.#mine = true;
    return true;
  }

  waitLock(milliseconds) {
    if (!this.tryLock(milliseconds)) throw new Error("Lock timeout: another process was holding the lock for too long.");
  }

  hasLock() { return this.#mine; }

  releaseLock() {
    if (this.#mine) this.#env.properties.save(this.#kind, {});
    this.#mine = false;
  }
}
