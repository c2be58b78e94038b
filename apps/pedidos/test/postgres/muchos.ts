/** Some thousand orders as they are after a while, most of them ended, and what follows them. */
export const muchos = (cuantos: number) => `
  INSERT INTO pedidos (numero, id, cliente_id, creado_por, estado, version, intentos, total, moneda,
      expira_en, creado_en, actualizado_en)
    SELECT n, md5(n::text), 'c' || n % 199, 'c' || n % 199, CASE WHEN n % 4 = 0 THEN 'Pendiente' ELSE 'Completado' END,
      1, 0, 5, 'USD', n * 1000 + 3600000, n * 1000, n * 1000
    FROM generate_series(1, ${cuantos}) n;
  UPDATE pedidos SET intencion = 'cancelar', intencion_actor = 'x', intencion_desde = 1, proximo_intento_en = numero
    WHERE numero % 400 = 0;
  INSERT INTO pedido_lineas SELECT n, p, 'p' || (n + p) % 97, 'S', 'N', 1, 5
    FROM generate_series(1, ${cuantos}) n, generate_series(0, 1) p;
  INSERT INTO pedido_eventos SELECT 2 * n - 1, n, 'Pendiente', NULL, 'x', n * 1000 FROM generate_series(1, ${cuantos}) n;
  INSERT INTO pedido_eventos SELECT 2 * n, n, 'Completado', NULL, 'x', n * 1000 FROM generate_series(1, ${cuantos}) n
    WHERE n % 4 > 0;
  INSERT INTO pedido_corridas SELECT n, 1, 'comprar', 'x', 't', 'Pendiente', n, 1, '[]', 1, n FROM generate_series(1, ${cuantos}) n;
  INSERT INTO pedidos_de_cliente SELECT cliente_id, numero FROM pedidos;
  INSERT INTO pedidos_palabras SELECT n, array_to_tsvector(ARRAY['taza', 'w' || n % 500, n::text]) FROM generate_series(1, ${cuantos}) n;
  INSERT INTO idempotencia SELECT 'u', 'k' || n, 'h', n, NULL, n FROM generate_series(1, ${cuantos}) n;
  INSERT INTO descartes SELECT 'd' || n, 'm', n FROM generate_series(1, ${cuantos}) n;
  INSERT INTO clientes_borrados SELECT 'b' || n, n, 0 FROM generate_series(1, ${cuantos}) n;
  INSERT INTO obligaciones SELECT 'soltar-reserva', 'd' || n, '{}', 0, n, NULL, n, NULL FROM generate_series(1, ${cuantos}) n;
  INSERT INTO resumen_tramos SELECT 0, 'USD', n, 1, 1, 0, 5 FROM generate_series(1, ${cuantos}) n;
  INSERT INTO resumen_productos SELECT n, 'p' || n, 'USD', 'S', 'N', n FROM generate_series(1, ${cuantos}) n;
  INSERT INTO resumen_vendidos SELECT 0, n / 20, n, 1, 5 FROM generate_series(1, ${cuantos}) n;
  INSERT INTO pedido_condiciones (numero, contacto, envio_importe, envio_clase, envio_tasa, envio_por_dentro, envio_impuesto, descuento, invitado)
    SELECT n, '{"nombre":"A","email":"a@b.example"}', 0, 'general', 0, 0, 0, 0, 0 FROM generate_series(1, ${cuantos}) n;
  INSERT INTO pedido_cobranza SELECT n, 'm', 'antes', 'plazo', NULL, NULL, NULL, CASE WHEN n % 50 = 0 THEN 'por-cobrar' END, 5
    FROM generate_series(1, ${cuantos}) n;
  INSERT INTO pedido_cobros SELECT 'c' || n, n, 1, 'm', 'p', 'antes', 'cobrado', NULL, 5, 0, 5, 0, 0, NULL, NULL, 1, n, n
    FROM generate_series(1, ${cuantos}) n;
  INSERT INTO pedido_movimientos SELECT 'c' || n, 1, n, 'captura', 5, 'r' || n, n FROM generate_series(1, ${cuantos}) n;
  INSERT INTO reembolsos_pedidos SELECT 'r' || n, n, 'c' || n, 5, 'cancelado', 'hecho', 'x', n, n FROM generate_series(1, ${cuantos}) n;
  INSERT INTO abonos SELECT 'a' || n, n, 'cortesia', 1, 0, NULL, 'x', n FROM generate_series(1, ${cuantos}) n;
  INSERT INTO resumen_dinero SELECT 0, 'USD', n, 'm', 5, 0, 0 FROM generate_series(1, ${cuantos}) n;
  INSERT INTO avisos SELECT n, 2 * n - 1, 'recibido', n, 'cliente', NULL, 'enviado', 1, NULL, n, n FROM generate_series(1, ${cuantos}) n;
  UPDATE marcas SET valor = '${2 * cuantos}' WHERE nombre IN ('busqueda', 'clientes');
  ANALYZE`
