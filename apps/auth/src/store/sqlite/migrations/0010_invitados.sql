-- Who has no password yet, no address, or one that is compared with nobody's: guests, and customers whom staff
-- enter. A CHECK can only be changed by making the table anew.
CREATE TABLE `__new_usuarios` (
	`numero` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`email` text,
	`email_clave` text,
	`password_hash` text,
	`nombre` text,
	`cedula` text,
	`cedula_clave` text,
	`telefono` text,
	`rol` text NOT NULL,
	`activo` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`creado_en` integer NOT NULL,
	`actualizado_en` integer NOT NULL,
	`email_confirmado_en` integer,
	`palabras` text,
	`eliminado_en` integer,
	`invitado` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "usuarios_rol" CHECK("rol" IN ('cliente', 'operador', 'admin')),
	CONSTRAINT "usuarios_invitado" CHECK("invitado" IN (0, 1)),
	CONSTRAINT "usuarios_activo" CHECK("activo" IN (0, 1)),
	CONSTRAINT "usuarios_datos" CHECK(CASE WHEN "eliminado_en" IS NULL
        THEN "nombre" IS NOT NULL
          AND CASE WHEN "email" IS NULL OR "invitado" = 1
            THEN "password_hash" IS NULL AND "rol" = 'cliente' ELSE 1 = 1 END
          AND CASE WHEN "invitado" = 1
            THEN "email" IS NOT NULL AND "email_clave" IS NULL
            ELSE ("email" IS NULL) = ("email_clave" IS NULL) END
        ELSE coalesce("email", "email_clave", "nombre", "password_hash",
          "cedula", "telefono") IS NULL AND "activo" = 0 END),
	CONSTRAINT "usuarios_palabras" CHECK("palabras" IS NULL OR "eliminado_en" IS NULL)
);
--> statement-breakpoint
INSERT INTO `__new_usuarios`("numero", "id", "email", "email_clave", "password_hash", "nombre", "cedula", "cedula_clave", "telefono", "rol", "activo", "version", "creado_en", "actualizado_en", "email_confirmado_en", "palabras", "eliminado_en") SELECT "numero", "id", "email", "email_clave", "password_hash", "nombre", "cedula", "cedula_clave", "telefono", "rol", "activo", "version", "creado_en", "actualizado_en", "email_confirmado_en", "palabras", "eliminado_en" FROM `usuarios`;--> statement-breakpoint
DROP TABLE `usuarios`;--> statement-breakpoint
ALTER TABLE `__new_usuarios` RENAME TO `usuarios`;--> statement-breakpoint
CREATE UNIQUE INDEX `usuarios_id_unique` ON `usuarios` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `usuarios_email_clave_unique` ON `usuarios` (`email_clave`);--> statement-breakpoint
CREATE UNIQUE INDEX `usuarios_cedula_unique` ON `usuarios` (`cedula`);--> statement-breakpoint
CREATE UNIQUE INDEX `usuarios_cedula_clave_unique` ON `usuarios` (`cedula_clave`);--> statement-breakpoint
CREATE INDEX `usuarios_por_rol` ON `usuarios` (`rol`,`id`);--> statement-breakpoint
CREATE INDEX `usuarios_por_activo` ON `usuarios` (`activo`,`id`);--> statement-breakpoint
CREATE INDEX `usuarios_sin_palabras` ON `usuarios` (`numero`) WHERE "usuarios"."palabras" IS NULL AND "usuarios"."eliminado_en" IS NULL;--> statement-breakpoint
CREATE TRIGGER usuarios_fts_alta AFTER INSERT ON usuarios BEGIN
  INSERT INTO usuarios_fts(rowid, palabras) VALUES (new.numero, new.palabras);
END;
--> statement-breakpoint
CREATE TRIGGER usuarios_fts_cambio AFTER UPDATE OF palabras ON usuarios BEGIN
  INSERT INTO usuarios_fts(usuarios_fts, rowid, palabras) VALUES ('delete', old.numero, old.palabras);
  INSERT INTO usuarios_fts(rowid, palabras) VALUES (new.numero, new.palabras);
END;
