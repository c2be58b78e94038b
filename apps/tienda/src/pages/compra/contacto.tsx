import { Link } from '@tanstack/react-router'
import { deTelefono } from '../../formularios/campos-persona.ts'
import { Campo } from '../../formularios/campos.tsx'
import { correoMaximo, nombreMaximo } from '../../formularios/limites.ts'
import { useTextos } from '../../textos/idioma.ts'
import { panelLink } from '../../ui/panel.tsx'
import type { Borrador } from './borrador.ts'
import { Seccion } from './seccion.tsx'

/** Who buys without an account; whoever has one signs in, and comes back to what they typed. */
export function Contacto({ inicial }: { readonly inicial: Borrador }) {
  const t = useTextos()
  const volver = { volver: '/comprar' }
  return (
    <Seccion titulo={t.compra.contacto}>
      <p className="text-suave -mt-2 mb-3 flex flex-wrap items-center gap-x-4">
        <span>{t.compra.sinCuenta}</span>
        <Link to="/entrar" search={volver} className={panelLink}>
          {t.compra.conCuenta}
        </Link>
        <Link to="/registro" search={volver} className={panelLink}>
          {t.entrar.crear}
        </Link>
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Campo
          label={t.registro.nombre}
          name="contactoNombre"
          autoComplete="name"
          required
          maxLength={nombreMaximo}
          defaultValue={inicial.contactoNombre}
          className="sm:col-span-2"
        />
        <Campo
          label={t.entrar.correo}
          name="contactoEmail"
          type="email"
          autoComplete="email"
          required
          maxLength={correoMaximo}
          defaultValue={inicial.contactoEmail}
          hint={t.compra.correoPista}
        />
        <Campo
          label={t.compra.telefono}
          {...deTelefono}
          name="contactoTelefono"
          required
          defaultValue={inicial.contactoTelefono}
        />
      </div>
    </Seccion>
  )
}
