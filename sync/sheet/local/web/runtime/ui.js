// The Ui of the spreadsheet: its menu and its sidebar. Dialogs that wait for an answer are left out on purpose.

export function uiOf({ env, guard }) {
  guard.allow("menu", "SpreadsheetApp.getUi");
  return {
    createMenu: (caption) => new Menu(env, caption),
    createAddonMenu: () => new Menu(env, "Add-on"),
    showSidebar: (output) => {
      guard.allow("sidebar", "Ui.showSidebar");
      env.ui.showSidebar(output.getContent(), output.getTitle());
    },
  };
}

class Menu {
  #env;
  #caption;
  #items = [];

  constructor(env, caption) {
    this.#env = env;
    this.#caption = caption;
  }

  addItem(caption, fn) { return this.#with({ caption, fn }); }
  addSeparator() { return this.#with({ separator: true }); }
  addSubMenu(menu) { return this.#with({ caption: menu.caption(), items: menu.items() }); }
  caption() { return this.#caption; }
  items() { return this.#items; }
  addToUi() { this.#env.ui.setMenu([{ caption: this.#caption, items: this.#items }]); }

  #with(item) {
    this.#items.push(item);
    return this;
  }
}
