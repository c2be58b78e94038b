import { Link } from '@tanstack/react-router'
import { aceptarPrecios } from '../../cesta/cesta.ts'
import { type Revision, useRevision } from '../../cesta/revision.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Illustration } from '../../ui/illustration.tsx'
import { Empty, Page } from '../../ui/page.tsx'
import { Linea } from './linea.tsx'

export function CestaPage() {
  const t = useTextos()
  const revision = useRevision()
  return (
    <Page title={t.cesta.titulo}>
      {revision.lineas.length === 0 ? (
        <Empty
          title={t.cesta.vacia}
          text={t.cesta.vaciaTexto}
          picture={<Illustration family="cesta" seed="vacia" />}
        >
          <Link to="/" className={buttonClass()}>
            {t.cesta.irAlCatalogo}
          </Link>
        </Empty>
      ) : (
        <Contenido revision={revision} />
      )}
    </Page>
  )
}

function Contenido({ revision }: { readonly revision: Revision }) {
  const t = useTextos()
  const { lineas, fallo, reintentar } = revision
  return (
    <div className="grid gap-8 lg:grid-cols-[1fr_20rem]">
      <div className="flex flex-col gap-4">
        {fallo !== null && (
          <Notice tone="warning">
            <p className="mb-2">{t.cesta.sinComprobar}</p>
            <Button look="secondary" size="small" onClick={reintentar}>
              {t.reintentar}
            </Button>
          </Notice>
        )}
        <ul className="carta divide-linea divide-y">
          {lineas.map((una) => (
            <Linea key={una.linea.productoId} revisada={una} />
          ))}
        </ul>
      </div>
      <Resumen revision={revision} />
    </div>
  )
}

function Resumen({ revision }: { readonly revision: Revision }) {
  const t = useTextos()
  const { dinero } = useFormato()
  const moneda = useMoneda()
  const { lineas, total, correcta } = revision
  // Whoever goes on from here has seen the prices that stand here.
  const aceptar = () =>
    aceptarPrecios(new Map(lineas.map(({ linea, precio }) => [linea.productoId, precio])))
  return (
    <section
      aria-label={t.compra.resumen}
      className="carta flex h-fit flex-col gap-4 p-6 lg:sticky lg:top-24"
    >
      <p className="flex items-baseline justify-between gap-4 text-lg">
        <span>{t.cesta.total}</span>
        <span aria-live="polite" className="text-2xl font-semibold cifra">
          {dinero(total, revision.moneda ?? moneda)}
        </span>
      </p>
      {!correcta && <p className="text-mal font-medium">{t.cesta.hayQueArreglar}</p>}
      {correcta ? (
        <Link to="/comprar" className={buttonClass('primary', 'large')} onClick={aceptar}>
          {t.cesta.comprar}
        </Link>
      ) : (
        <Button size="large" disabled>
          {t.cesta.comprar}
        </Button>
      )}
    </section>
  )
}
