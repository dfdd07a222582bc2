"""One office's data: engine, tables, units of work, upgrades, backups, key slots, audit chain."""
