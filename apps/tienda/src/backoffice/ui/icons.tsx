import { Icon } from '../../ui/icons.tsx'

export const ChartIcon = () => (
  <Icon>
    <path d="M4 20h16M7 16v-4m5 4V6m5 10V9" />
  </Icon>
)
export const TagIcon = () => (
  <Icon>
    <path d="M4 5v6.6a2 2 0 0 0 .6 1.4l6.4 6.4a2 2 0 0 0 2.8 0l5.6-5.6a2 2 0 0 0 0-2.8L13 4.6a2 2 0 0 0-1.4-.6H5a1 1 0 0 0-1 1z" />
    <path d="M8.5 8.5h.01" />
  </Icon>
)
export const ShelfIcon = () => (
  <Icon>
    <path d="M4 4v16M20 4v16M4 10h16M4 17h16M8 10V6h4v4m2 7v-4h3v4" />
  </Icon>
)
export const PeopleIcon = () => (
  <Icon>
    <circle cx="9" cy="8.5" r="3" />
    <path d="M3.5 19c.5-3.2 2.7-4.8 5.5-4.8s5 1.6 5.5 4.8M15.5 5.8a3 3 0 0 1 0 5.4m2 3.4c1.6.6 2.7 2.1 3 4.4" />
  </Icon>
)
export const LogIcon = () => (
  <Icon>
    <path d="M6 4h9l4 4v12H6zM9.5 11h6m-6 4h6" />
  </Icon>
)
