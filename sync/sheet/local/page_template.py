"""The page's markup and style. No script, nothing fetched from elsewhere."""

STYLE = """
*{box-sizing:border-box}
body{margin:0;font:13px/1.35 Roboto,Arial,"Helvetica Neue",sans-serif;color:#1f1f1f;background:#f9fbfd}
a{color:#0b57d0;text-decoration:none}
header{display:flex;align-items:center;gap:12px;height:52px;padding:0 16px;background:#f9fbfd}
header svg{flex:none}
h1{font-size:18px;font-weight:400;margin:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
header nav{margin-left:auto;font-size:12px}
.list{max-width:760px;margin:24px auto;background:#fff;border:1px solid #e0e3e7;border-radius:12px;padding:8px 0}
.list a{display:flex;justify-content:space-between;gap:16px;padding:12px 20px;color:inherit}
.list a:hover{background:#f0f4f9}
.list small,.hint{color:#5f6368}
.list p{padding:12px 20px;margin:0;color:#5f6368}
.sheet{height:calc(100vh - 52px - 40px);overflow:auto;background:#fff;border-top:1px solid #e0e3e7}
table{border-collapse:separate;border-spacing:0;table-layout:fixed;
font-family:Arial,Arimo,"Liberation Sans","Noto Sans",sans-serif;font-size:13.33px}
th{background:#f8f9fa;color:#575757;font-weight:400;font-size:11px;border:solid #c0c0c0;border-width:0 1px 1px 0;
text-align:center;padding:0;user-select:none}
thead th{position:sticky;top:0;z-index:3;height:24px}
thead th:first-child{left:0;z-index:5}
tbody th{position:sticky;left:0;z-index:2;width:46px}
td{position:relative;border:solid #e2e3e3;border-width:0 1px 1px 0;padding:2px 3px;vertical-align:bottom;
line-height:16px;height:21px;background:#fff}
td>div{white-space:pre;overflow:visible}
td.k>div{overflow:hidden}
td.w>div{white-space:pre-wrap;overflow-wrap:break-word;overflow:hidden}
td.d{padding-right:16px}
td.d::after{content:"\\25BE";position:absolute;right:4px;bottom:2px;color:#5f6368;font-size:11px}
td.n::before{content:"";position:absolute;right:0;top:0;border:solid transparent;border-width:0 7px 7px 0;
border-right-color:#f29900}
tr.f td,tr.f th{position:sticky;z-index:2}
tr.f th{z-index:4}
tr.l td,tr.l th{border-bottom:3px solid #bdc1c6}
.plain td{border-color:transparent}
footer{display:flex;align-items:stretch;gap:2px;height:40px;padding:0 8px 6px 46px;background:#f9fbfd;
border-top:1px solid #e0e3e7;overflow-x:auto}
footer a{display:flex;align-items:center;padding:0 16px;color:#444746;white-space:nowrap;border-radius:0 0 8px 8px;
border-bottom:3px solid transparent}
footer a:hover{background:#e9eef6}
footer a.on{background:#e1e9f7;color:#0b57d0;font-weight:600}
.hint{padding:8px 16px}
"""

LOGO = (
    '<svg width="26" height="34" viewBox="0 0 26 34" aria-hidden="true"><rect width="26" height="34" rx="7" '
    'fill="#263238"/><circle cx="13" cy="8" r="4" fill="#ea4335"/><circle cx="13" cy="17" r="4" fill="#fbbc04"/>'
    '<circle cx="13" cy="26" r="4" fill="#34a853"/></svg>'
)

HEAD = (
    '<!doctype html><html lang="{{ lang }}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
)

INDEX = (
    HEAD
    + "<title>{{ words.workbooks }}</title><style>{{ style|safe }}</style></head><body><header>"
    + LOGO
    + """<h1>{{ words.workbooks }}</h1></header><main class="list">
{% for file in files %}<a href="/workbooks/{{ file.id|urlencode }}"><span>{{ file.name }}</span>
<small>{{ words.changed }} {{ file.modifiedTime[:16]|replace("T", " ") }}</small></a>
{% else %}<p>{{ words.empty }}</p>{% endfor %}</main></body></html>"""
)

BOOK = (
    HEAD
    + "<title>{{ workbook.props.title }}</title><style>{{ style|safe }}</style></head><body><header>"
    + LOGO
    + """<h1>{{ workbook.props.title }}</h1><nav><a href="/">{{ words.back }}</a></nav></header>
<main class="sheet{{ '' if picture.gridlines else ' plain' }}">
<table style="width:{{ picture.total }}px"><colgroup><col style="width:46px">
{% for column in picture.columns %}<col style="width:{{ column[2] }}px">{% endfor %}</colgroup>
<thead><tr><th></th>{% for column in picture.columns %}<th scope="col">{{ column[1] }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in picture.rows() %}{{ row|safe }}{% endfor %}</tbody></table>
{% if picture.cut %}<p class="hint">{{ words.more.format(picture.box.bottom) }}</p>{% endif %}</main>
<footer>{% for one in tabs %}<a href="?tab={{ one.title|urlencode }}"{% if one is sameas tab %} class="on"{% endif %}
{%- if one.props.tabColor is defined %} style="border-bottom-color:{{ color(one.props.tabColor) }}"{% endif %}>
{{- one.title }}</a>{% endfor %}</footer></body></html>"""
)
