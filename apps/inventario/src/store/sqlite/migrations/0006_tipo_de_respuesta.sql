UPDATE `idempotencia` SET `resultado` = CASE
  WHEN json_type(`resultado`, '$.filas') IS NOT NULL THEN json_object('tipo', 'hecho', 'resumen', json(`resultado`))
  ELSE json_set(json_remove(`resultado`, '$.resultado'), '$.tipo', json_extract(`resultado`, '$.resultado')) END;
--> statement-breakpoint
UPDATE `idempotencia` SET `resultado` = json_set(`resultado`, '$.existencia.faltan', 0)
WHERE json_type(`resultado`, '$.existencia') IS NOT NULL AND json_type(`resultado`, '$.existencia.faltan') IS NULL;
