CREATE TABLE `auditoria` (
	`numero` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`en` integer NOT NULL,
	`accion` text NOT NULL,
	`actor_id` text,
	`sujeto_id` text,
	`red` text,
	`detalle` text
);
--> statement-breakpoint
CREATE INDEX `auditoria_por_sujeto` ON `auditoria` (`sujeto_id`,`numero`);--> statement-breakpoint
CREATE INDEX `auditoria_por_accion` ON `auditoria` (`accion`,`numero`);--> statement-breakpoint
-- What was done stays done: the log takes lines and gives none back.
CREATE TRIGGER auditoria_sin_cambios BEFORE UPDATE ON auditoria BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER auditoria_sin_borrados BEFORE DELETE ON auditoria BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
--> statement-breakpoint
-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER auditoria_sin_reemplazos BEFORE INSERT ON auditoria
	WHEN EXISTS (SELECT 1 FROM auditoria WHERE numero = new.numero) BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
