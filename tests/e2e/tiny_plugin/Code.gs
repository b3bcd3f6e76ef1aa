function onOpen() {
  SpreadsheetApp.getUi().createMenu("Tiny").addItem("Greet", "greet").addSeparator()
    .addItem("Show panel", "showPanel").addItem("Ask the service", "askService").addToUi();
}

function onEdit(e) {
  var sheet = e.range.getSheet();
  if (e.range.getColumn() !== 1) return;
  sheet.getRange(e.range.getRow(), 5).setValue(e.range.getA1Notation() + ":" + e.oldValue + ">" + e.value);
}

function greet() {
  PropertiesService.getDocumentProperties().setProperty("greeted", "yes");
  SpreadsheetApp.getActiveSpreadsheet().toast("Hello from the plugin", "Tiny", 5);
}

function showPanel() {
  SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutputFromFile("Panel").setTitle("Panel"));
}

function syncFromButton() {
  SpreadsheetApp.getActiveSheet().getRange("D1").setValue("pressed");
}

function add(a, b) {
  return a + b;
}

function askService() {
  var url = SpreadsheetApp.getActiveSheet().getRange("F1").getValue();
  var answer = UrlFetchApp.fetch(url, { muteHttpExceptions: true });
  SpreadsheetApp.getActiveSheet().getRange("F2").setValue(answer.getResponseCode() + " " + answer.getContentText());
}
