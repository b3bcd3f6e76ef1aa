// The services that a project's files find as globals. A name that is not here fails loudly, as a typing error would.

import { urlFetchApp } from "./fetch.js";
import { htmlService } from "./html.js";
import { cacheService, lockService, propertiesService } from "./keeping.js";
import { spreadsheetApp } from "./spreadsheet.js";
import { utilities } from "./utilities.js";

export function services(context) {
  const { env, guard, logs } = context;
  const log = (...parts) => {
    logs.push(parts.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(" "));
  };
  const all = {
    SpreadsheetApp: spreadsheetApp(context),
    HtmlService: htmlService(context),
    PropertiesService: propertiesService(context),
    CacheService: cacheService(context),
    LockService: lockService(context),
    UrlFetchApp: urlFetchApp(context),
    Utilities: utilities(context),
    Session: session(context),
    ScriptApp: scriptApp(env, guard),
    Logger: { log },
  };
  const strict = Object.entries(all).map(([name, service]) => [name, onlyKnown(name, service, guard)]);
  return { ...Object.fromEntries(strict), console: { log, info: log, warn: log, error: log } };
}

function onlyKnown(name, service, guard) {
  return new Proxy(service, {
    get(target, key) {
      if (key in target || typeof key === "symbol") return target[key];
      throw guard.exception(`${name}.${key} is not part of this runtime`);
    },
  });
}

function session({ env, guard }) {
  const user = (name) => {
    guard.allow("identity", `Session.${name}`);
    return { getEmail: () => env.user.email };
  };
  return {
    getActiveUser: () => user("getActiveUser"),
    getEffectiveUser: () => user("getEffectiveUser"),
    getActiveUserLocale: () => env.user.locale || env.locale.slice(0, 2),
    getScriptTimeZone: () => env.manifest.timeZone || env.timeZone,
  };
}

function scriptApp(env, guard) {
  const modes = Object.fromEntries(["NONE", "LIMITED", "FULL", "CUSTOM_FUNCTION"].map((mode) => [mode, mode]));
  return {
    AuthMode: modes,
    requireScopes: (mode, scopes) => {
      const lacking = scopes.filter((scope) => env.manifest.oauthScopes && !env.manifest.oauthScopes.includes(scope));
      guard.ensure(!lacking.length, `Specified permissions are not sufficient. Required permissions: ${lacking.join(", ")}`);
    },
    getScriptId: () => "local-script",
  };
}
