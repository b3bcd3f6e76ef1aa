// Where the page begins: read what the server wrote into the frame, show the tab, then start the plugin.

import { readConfig } from "./api.js";
import { App } from "./app.js";
import { byId, toast } from "./dom.js";
import { listen } from "./keys.js";
import { PluginHost } from "./plugin_host.js";
import { Tabs } from "./tabs.js";
import { Tools } from "./tools.js";

async function begin() {
  const config = readConfig(document);
  const { words } = config;
  const app = new App(config, words);
  await app.start();
  const tabs = new Tabs(app);
  app.onTabs = () => tabs.show();
  tabs.show();
  const tools = new Tools(app);
  app.showMenus = () => tools.show();
  tools.show();
  listen(app);
  app.grid.focus();
  document.body.dataset.ready = "cells";
  app.plugin = new PluginHost(app);
  await app.plugin.start();
  tools.show();
  document.body.dataset.ready = "plugin";
}

begin().catch((fault) => {
  toast(String(fault.message || fault), "", 0);
  byId("sheet").dataset.fault = String(fault.stack || fault);
  throw fault;
});
