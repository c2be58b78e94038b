import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { LoPedido } from '../../marco/lo-pedido.tsx'
import { EnCamino } from '../../sesion/con-sesion.tsx'
import { useFormato } from '../../textos/formato.ts'
import { Badge, Notice } from '../../ui/badge.tsx'
import { esperaInvitacion, opcionesEdicion, type Usuario } from '../datos/usuarios.ts'
import type { ConVersion } from '../datos/version.ts'
import { useEsAdmin, usePersonal } from '../personal.ts'
import { useTextosUsuarios } from '../textos/usuarios.ts'
import { PageHead } from '../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Edicion } from './edicion.tsx'
import { Eliminar } from './eliminar.tsx'
import { InsigniaActivo, InsigniaCorreo, InsigniaCuenta, InsigniaRol } from './insignias.tsx'
import { Invitacion } from './invitacion.tsx'
import { LibretaDe } from './libreta.tsx'

const ruta = getRouteApi('/gestion/usuarios/$id')

/** One account: staff reads, an administrator changes. */
export function UsuarioPage() {
  const { id } = ruta.useParams()
  const consulta = useQuery(opcionesEdicion(id))
  return (
    <LoPedido consulta={consulta} motivo={consulta.error} espera={<EnCamino />}>
      {(leido) => <Hoja leido={leido} />}
    </LoPedido>
  )
}

function Hoja({ leido }: { readonly leido: ConVersion<Usuario> }) {
  const t = useTextosUsuarios()
  const { fecha } = useFormato()
  const esAdmin = useEsAdmin()
  const yo = usePersonal()
  const usuario = leido.datos
  const eliminada = usuario.nombre === null
  return (
    <>
      <PageHead
        title={usuario.nombre ?? t.eliminada}
        back={{ to: '/gestion/usuarios', label: t.titulo }}
        lead={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <InsigniaRol rol={usuario.rol} />
            {!eliminada && <InsigniaActivo activo={usuario.activo} />}
            {usuario.email !== null && !esperaInvitacion(usuario) && (
              <InsigniaCorreo confirmado={usuario.emailConfirmado} />
            )}
            <InsigniaCuenta usuario={usuario} />
            {usuario.id === yo.id && <Badge tone="neutral">{t.tuCuenta}</Badge>}
            <span>{`${t.alta}: ${fecha(usuario.creadoEn)}`}</span>
          </span>
        }
      />
      <div className="flex max-w-3xl flex-col gap-5">
        {eliminada && <Notice tone="neutral">{t.eliminadaTexto}</Notice>}
        {esAdmin && esperaInvitacion(usuario) && <Invitacion id={usuario.id} />}
        {!eliminada && (esAdmin ? <Editable leido={leido} /> : <Lectura usuario={usuario} />)}
        {usuario.conPassword && <LibretaDe id={usuario.id} />}
        <Enlaces id={usuario.id} />
        {!eliminada && esAdmin && <Eliminar usuario={usuario} />}
      </div>
    </>
  )
}

function Editable({ leido }: { readonly leido: ConVersion<Usuario> }) {
  const [lecturas, setLecturas] = useState(0)
  const alReleer = () => setLecturas(lecturas + 1)
  return <Edicion key={lecturas} {...{ leido, alReleer }} conFoco={lecturas > 0} />
}

/** For those who may look and not change. */
function Lectura({ usuario }: { readonly usuario: Usuario }) {
  const t = useTextosUsuarios()
  const pares = [
    [t.correo, usuario.email],
    [t.telefono, usuario.telefono],
    [t.cedula, usuario.cedula],
  ] as const
  return (
    <Panel title={t.datos}>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[10rem_1fr]">
        {pares.map(([nombre, valor]) => (
          <div key={nombre} className="contents">
            <dt className="text-suave">{nombre}</dt>
            <dd className="break-all max-sm:-mt-2">{valor ?? '—'}</dd>
          </div>
        ))}
      </dl>
      <p className="text-suave mt-4 text-sm">{t.soloAdmin}</p>
    </Panel>
  )
}

const enlace =
  'text-acento inline-flex min-h-11 items-center font-medium underline-offset-4 hover:underline'

function Enlaces({ id }: { readonly id: string }) {
  const t = useTextosUsuarios()
  return (
    <p className="flex flex-wrap gap-x-6">
      <Link to="/gestion/pedidos" search={{ clienteId: id }} className={enlace}>
        {t.verPedidos}
      </Link>
      <Link to="/gestion/auditoria" search={{ sujetoId: id }} className={enlace}>
        {t.verAuditoria}
      </Link>
    </p>
  )
}
