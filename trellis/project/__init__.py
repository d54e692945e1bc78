"""How Trellis is put together: settings, environment, addresses, servers, worker."""
