ALTER TABLE ajenos ADD COLUMN resolucion text COLLATE "C";

CREATE TRIGGER ajenos_resueltos BEFORE UPDATE OF resuelto_en, resolucion ON ajenos FOR EACH ROW
  WHEN (OLD.resuelto_en IS NOT NULL)
  EXECUTE FUNCTION prohibir('what is settled stays as it was settled');
