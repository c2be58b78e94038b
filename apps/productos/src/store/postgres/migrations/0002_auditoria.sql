-- minimo: 0000_inicio
CREATE TABLE auditoria (
  numero bigint NOT NULL PRIMARY KEY,
  en bigint NOT NULL,
  accion text COLLATE "C" NOT NULL,
  actor_id text COLLATE "C",
  sujeto_id text COLLATE "C",
  red text COLLATE "C",
  detalle text COLLATE "C"
);

CREATE INDEX auditoria_por_sujeto ON auditoria (sujeto_id, numero);
CREATE INDEX auditoria_por_accion ON auditoria (accion, numero);

-- What was done stays done: the log takes lines and gives none back.
CREATE TRIGGER auditoria_sin_cambios BEFORE UPDATE OR DELETE ON auditoria
  FOR EACH ROW EXECUTE FUNCTION prohibir('the audit log is append-only');
CREATE TRIGGER auditoria_sin_vaciado BEFORE TRUNCATE ON auditoria
  FOR EACH STATEMENT EXECUTE FUNCTION prohibir('the audit log is append-only');
