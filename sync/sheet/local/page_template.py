"""The markup of the page's two frames. Everything typed by a person goes through Jinja's escaping."""

LOGO = (
    '<svg width="22" height="30" viewBox="0 0 26 34" aria-hidden="true"><rect width="26" height="34" rx="7" '
    'fill="#263238"/><circle cx="13" cy="8" r="4" fill="#ea4335"/><circle cx="13" cy="17" r="4" fill="#fbbc04"/>'
    '<circle cx="13" cy="26" r="4" fill="#34a853"/></svg>'
)

HEAD = (
    '<!doctype html><html lang="{{ lang }}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<link rel="icon" href="/page/static/icon.svg"><link rel="stylesheet" href="/page/static/app.css">'
)

INDEX = (
    HEAD
    + '<title>{{ words.workbooks }}</title></head><body class="index"><header>'
    + LOGO
    + """<h1>{{ words.workbooks }}</h1></header><main class="list">
{% for file in files %}<a href="/workbooks/{{ file.id|urlencode }}"><span>{{ file.name }}</span>
<small>{{ words.changed }} {{ file.modifiedTime[:16]|replace("T", " ") }}</small></a>
{% else %}<p>{{ words.empty }}</p>{% endfor %}</main></body></html>"""
)

BOOK = (
    HEAD
    + """<link rel="stylesheet" href="/page/static/grid.css"><title>{{ title }}</title>
<meta name="semaforo-page" content="{{ config|tojson|forceescape }}">
{% for name in modules %}<link rel="modulepreload" href="/page/static/{{ name }}">
{% endfor %}<script type="module" src="/page/static/main.js"></script></head><body class="book"><header>"""
    + LOGO
    + """<h1 id="title">{{ title }}</h1><nav id="menus" aria-label="{{ words.menus }}"></nav>
<span id="saved" role="status"></span>
<a class="back" href="/">{{ words.back }}</a></header>
<div id="toolbar" role="toolbar" aria-label="{{ words.tools }}"></div>
<div id="formula-bar"><input id="where" aria-label="{{ words.where }}" autocomplete="off" spellcheck="false">
<span class="fx" aria-hidden="true">fx</span>
<textarea id="formula" rows="1" aria-label="{{ words.formula }}" autocomplete="off" spellcheck="false"></textarea></div>
<div id="body"><main id="sheet" aria-label="{{ words.cells }}"></main>
<aside id="side" hidden></aside></div>
<footer><div id="tabs" role="tablist" aria-label="{{ words.tabs }}"></div><span id="sum" role="status"></span></footer>
<div id="toasts" role="status" aria-live="polite"></div>
<noscript><p class="hint">{{ words.noscript }}</p></noscript></body></html>"""
)
