import { memo } from 'react'
import { classNames } from './class-names.ts'

/** FNV-1a: the same text, the same picture, on every machine. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

/** Ground, far, near and small shape: quiet colours that stand together in both schemes. */
const palettes = [
  ['#dfe7d8', '#a9bf9c', '#5e7f5a', '#f4d9a8'],
  ['#f0dfd2', '#d9ab8c', '#a9644a', '#f7efe2'],
  ['#dbe6ea', '#9dbbc6', '#4d7788', '#f1cfa5'],
  ['#eee3c8', '#d8bd77', '#96752f', '#fdf7e7'],
  ['#e6dde6', '#b99fba', '#755a78', '#f3d3c4'],
  ['#d9e8e2', '#93c0b0', '#3f7a69', '#f6e6bd'],
  ['#f1dcdc', '#d79c9c', '#96504f', '#fbeee0'],
  ['#e2e1d6', '#b5b198', '#6c6a52', '#e8c9a0'],
] as const

type Palette = (typeof palettes)[number]

/** Still lifes of simple shapes: a jar, hills, a bowl, a branch. */
const scenes: readonly ((palette: Palette, turn: number) => React.ReactNode)[] = [
  ([, far, near, small], turn) => (
    <>
      <circle cx={turn % 2 ? 122 : 78} cy="74" r="42" fill={far} />
      <rect x="66" y="84" width="68" height="86" rx="16" fill={near} />
      <rect x="78" y="68" width="44" height="18" rx="6" fill={small} />
      <rect x="66" y="112" width="68" height="30" fill={small} opacity=".85" />
    </>
  ),
  ([, far, near, small], turn) => (
    <>
      <circle cx={turn % 2 ? 140 : 60} cy="62" r="24" fill={small} />
      <path d="M0 150c34-46 68-46 104-14s66 22 96-10v74H0z" fill={far} />
      <path d="M0 176c40-30 76-26 112-4s60 14 88-8v36H0z" fill={near} />
    </>
  ),
  ([, far, near, small], turn) => (
    <>
      <path d="M40 96h120a60 60 0 0 1-120 0z" fill={near} />
      <rect x="78" y="152" width="44" height="12" rx="6" fill={near} />
      <circle cx="80" cy="78" r="22" fill={far} />
      <circle cx={turn % 2 ? 122 : 116} cy="72" r="26" fill={small} />
      <path d="M40 96h120a60 60 0 0 1-2 14H42a60 60 0 0 1-2-14z" fill={far} opacity=".5" />
    </>
  ),
  ([, far, near, small], turn) => (
    <g transform={turn % 2 ? 'matrix(-1 0 0 1 200 0)' : ''}>
      <path d="M100 178c-2-44 2-80 14-120" stroke={near} strokeWidth="5" fill="none" />
      <path d="M104 138c-34-2-48-20-50-44 30 0 48 16 50 44z" fill={near} />
      <path d="M106 112c30-6 42-24 42-48-28 4-42 20-42 48z" fill={far} />
      <path d="M110 76c-20-8-26-22-24-40 20 6 28 20 24 40z" fill={small} />
    </g>
  ),
  ([, far, near, small], turn) => (
    <>
      <rect x="44" y="60" width="112" height="112" rx="56" fill={far} />
      <path d="M72 172v-56a28 28 0 0 1 56 0v56z" fill={near} />
      <circle cx="100" cy={turn % 2 ? 74 : 80} r="12" fill={small} />
    </>
  ),
  ([, far, near, small], turn) => (
    <>
      <rect x="46" y="118" width="108" height="22" rx="8" fill={near} />
      <rect x="58" y="94" width="92" height="22" rx="8" fill={far} />
      <rect x="52" y="142" width="96" height="24" rx="8" fill={small} />
      <circle cx={turn % 2 ? 84 : 112} cy="74" r="18" fill={near} />
    </>
  ),
]

interface IllustrationProps {
  /** Decides the colours: what belongs together looks alike. */
  readonly family: string
  /** Decides the picture. */
  readonly seed: string
  readonly className?: string
}

/** A still life for what has no picture; says nothing to those who listen. */
export const Illustration = memo(function Illustration(props: IllustrationProps) {
  const { family, seed, className } = props
  const palette = palettes[hashOf(family) % palettes.length] ?? palettes[0]
  const hash = hashOf(seed)
  const scene = scenes[(hash >>> 3) % scenes.length]
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 200 200"
      preserveAspectRatio="xMidYMid slice"
      className={classNames('block size-full', className)}
    >
      <rect width="200" height="200" fill={palette[0]} />
      {scene?.(palette, hash)}
      {/* By night the colours step back. */}
      <rect width="200" height="200" className="fill-velo" />
    </svg>
  )
})
