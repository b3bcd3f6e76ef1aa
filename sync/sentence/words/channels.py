"""Channels by the words that betray them, the most telling first."""

CHANNELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("paid_ads", ("google ads", "google adwords", "adwords", "bing ads")),  # before the search engine of that name
    ("instagram", (
        "instagram", "insta", "ig", "reels",
    )),
    ("facebook", (
        "facebook", "fb", "fanpage", "meta page",
    )),
    ("linkedin", (
        "linkedin", "linked in",
    )),
    ("tiktok", (
        "tiktok", "tik tok", "tik-tok",
    )),
    ("youtube", (
        "youtube", "you tube", "yt",
    )),
    ("twitter", (
        "twitter", "tweets", "tweet", "on x", "en x",
    )),
    ("pinterest", (
        "pinterest",
    )),
    ("spotify", (
        "spotify",
    )),
    ("whatsapp", (
        "whatsapp",
    )),
    ("email", (
        "email", "emails", "e-mail", "e-mails", "newsletter", "newsletters", "mailing", "mailings", "mailing list",
        "correo electronico", "correos electronicos", "correos", "correo", "boletin", "boletines", "mailchimp",
        "lista de correo", "email marketing", "inbox",
    )),
    ("organic_search", (
        "organic search", "organic traffic", "organic website traffic", "organic visits", "organic ctr",
        "busqueda organica", "trafico organico", "ctr organico", "posicionamiento organico", "buscadores",
        "search engine", "search engines", "google search", "google", "seo", "keywords", "palabras clave", "serp",
        "serps", "organic", "organico", "organica", "organicas", "organicos", "search console",
    )),
    ("online_store", (
        "tienda online", "tienda en linea", "tienda virtual", "canal online", "ecommerce", "e-commerce",
        "comercio electronico", "online store", "online shop", "webshop", "online sales", "ventas online",
        "ventas en linea", "shopify", "amazon", "marketplace", "mercado libre", "carrito", "cart", "checkout",
    )),
    ("paid_ads", (
        "paid advertising", "paid ads", "paid search", "paid media", "google ads", "facebook ads", "ppc", "sem",
        "ad campaign", "ads", "ad spend", "roas", "anuncios", "publicidad pagada", "publicidad de pago",
        "campanas de pago", "pauta", "cpc", "cpm", "remarketing", "retargeting", "publicidad digital",
    )),
    ("call_center", (
        "call center", "call centre", "contact center", "contact centre", "centro de llamadas", "centro de contacto",
        "centro de atencion telefonica",
    )),
    ("blog", (
        "blog", "blogs", "blog posts", "blog post",
    )),
    ("website", (
        "website", "web site", "site", "web", "webpage", "landing page", "landing pages", "landing", "pagina web",
        "paginas web", "sitio web", "sitio", "pagina de aterrizaje", "paginas de aterrizaje", "homepage",
        "bounce rate", "pageviews", "page views",
    )),
    ("social", (
        "social media", "social networks", "social", "redes sociales", "redes", "rrss", "social channels",
    )),
)  # fmt: skip
