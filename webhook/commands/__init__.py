"""The subcommands that the web service brings to `semaforo`: entry points, since the engine never imports it."""
