// What Google refuses: services that an authorisation mode or the manifest's scopes don't allow, and runs that last too long.

const AUTH = "https://www.googleapis.com/auth/";
const TRIGGER_LIMIT = 30_000; // milliseconds of a simple trigger
const RUN_LIMIT = 360_000;

// https://developers.google.com/apps-script/guides/triggers and .../add-ons/concepts/editor-auth-lifecycle
const ALLOWED = {
  sheet: ["LIMITED", "FULL", "CUSTOM_FUNCTION"],
  menu: ["NONE", "LIMITED", "FULL"],
  sidebar: ["FULL"],
  properties: ["LIMITED", "FULL", "CUSTOM_FUNCTION"],
  fetch: ["FULL", "CUSTOM_FUNCTION"],
  identity: ["FULL"],
};
const SCOPES = {
  sheet: [`${AUTH}spreadsheets.currentonly`, `${AUTH}spreadsheets`],
  sidebar: [`${AUTH}script.container.ui`],
  fetch: [`${AUTH}script.external_request`],
  identity: [`${AUTH}userinfo.email`],
};

export class Guard {
  constructor(env, authMode, trigger) {
    this.env = env;
    this.authMode = authMode;
    this.began = env.now();
    this.limit = trigger && authMode !== "FULL" ? TRIGGER_LIMIT : RUN_LIMIT;
    this.realm = { Error, Date, Array };
  }

  /** Before every call of a service: `what` is a key of ALLOWED, `name` how Google calls the method. */
  allow(what, name) {
    if (this.env.now() - this.began > this.limit) throw this.exception("Exceeded maximum execution time");
    if (!ALLOWED[what].includes(this.authMode)) {
      throw this.exception(`You do not have permission to call ${name}`);
    }
    const granted = this.env.manifest.oauthScopes;
    const needed = SCOPES[what];
    // A simple trigger reaches its own sheet without consent; only an explicit list of scopes can lack one.
    if (needed && granted && this.authMode === "FULL" && !needed.some((scope) => granted.includes(scope))) {
      const sentence = `Specified permissions are not sufficient to call ${name}.`;
      throw this.exception(`${sentence} Required permissions: ${needed.join(" || ")}`);
    }
  }

  /** An error of the script's own realm, so that `instanceof Error` holds there. */
  exception(message) {
    const error = new this.realm.Error(message);
    error.name = "Exception";
    return error;
  }

  ensure(holds, message) {
    if (!holds) throw this.exception(message);
  }
}
