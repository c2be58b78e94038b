ALTER TABLE `existencias` ADD `faltan` integer DEFAULT 0 NOT NULL CHECK (0 <= "faltan" AND "faltan" <= "fisico");
