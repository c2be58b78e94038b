ALTER TABLE `ajenos` ADD `resolucion` text;--> statement-breakpoint
CREATE TRIGGER ajenos_resueltos BEFORE UPDATE OF resuelto_en, resolucion ON ajenos WHEN old.resuelto_en IS NOT NULL BEGIN
	SELECT RAISE(ABORT, 'what is settled stays as it was settled');
END;
