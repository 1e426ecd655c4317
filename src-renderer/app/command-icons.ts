/** Runs in the page. The drawing of each command; a command without one does not compile. */
import Activity from '@lucide/svelte/icons/activity';
import CornerDownRight from '@lucide/svelte/icons/corner-down-right';
import ArrowDownToLine from '@lucide/svelte/icons/arrow-down-to-line';
import ArrowLeft from '@lucide/svelte/icons/arrow-left';
import ArrowRight from '@lucide/svelte/icons/arrow-right';
import HardDriveDownload from '@lucide/svelte/icons/hard-drive-download';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import Ban from '@lucide/svelte/icons/ban';
import BookmarkMinus from '@lucide/svelte/icons/bookmark-minus';
import BookmarkPlus from '@lucide/svelte/icons/bookmark-plus';
import CheckCheck from '@lucide/svelte/icons/check-check';
import ChevronLeft from '@lucide/svelte/icons/chevron-left';
import ChevronRight from '@lucide/svelte/icons/chevron-right';
import CodeXml from '@lucide/svelte/icons/code-xml';
import Command from '@lucide/svelte/icons/command';
import Contrast from '@lucide/svelte/icons/contrast';
import Copy from '@lucide/svelte/icons/copy';
import CornerLeftUp from '@lucide/svelte/icons/corner-left-up';
import ExternalLink from '@lucide/svelte/icons/external-link';
import Eye from '@lucide/svelte/icons/eye';
import FoldVertical from '@lucide/svelte/icons/fold-vertical';
import ListFilter from '@lucide/svelte/icons/list-filter';
import ListTree from '@lucide/svelte/icons/list-tree';
import Slash from '@lucide/svelte/icons/slash';
import UnfoldVertical from '@lucide/svelte/icons/unfold-vertical';
import FilterX from '@lucide/svelte/icons/funnel-x';
import FlaskConical from '@lucide/svelte/icons/flask-conical';
import Folder from '@lucide/svelte/icons/folder';
import Globe from '@lucide/svelte/icons/globe';
import History from '@lucide/svelte/icons/rotate-ccw-clock';
import Image from '@lucide/svelte/icons/image';
import Images from '@lucide/svelte/icons/images';
import LayoutGrid from '@lucide/svelte/icons/layout-grid';
import LayoutPanelLeft from '@lucide/svelte/icons/layout-panel-left';
import Library from '@lucide/svelte/icons/library';
import Link from '@lucide/svelte/icons/link';
import ListPlus from '@lucide/svelte/icons/list-plus';
import LogOut from '@lucide/svelte/icons/log-out';
import Maximize from '@lucide/svelte/icons/maximize';
import Monitor from '@lucide/svelte/icons/monitor';
import Moon from '@lucide/svelte/icons/moon';
import PanelRight from '@lucide/svelte/icons/panel-right';
import Quote from '@lucide/svelte/icons/quote';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Search from '@lucide/svelte/icons/search';
import Settings from '@lucide/svelte/icons/settings';
import SquareDashed from '@lucide/svelte/icons/square-dashed';
import Sun from '@lucide/svelte/icons/sun';
import TextCursorInput from '@lucide/svelte/icons/text-cursor-input';
import Type from '@lucide/svelte/icons/type';
import Undo2 from '@lucide/svelte/icons/undo-2';
import X from '@lucide/svelte/icons/x';
import ZoomIn from '@lucide/svelte/icons/zoom-in';
import ZoomOut from '@lucide/svelte/icons/zoom-out';
import Orbit from '@lucide/svelte/icons/orbit';
import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import Captions from '@lucide/svelte/icons/captions';
import StepBack from '@lucide/svelte/icons/step-back';
import StepForward from '@lucide/svelte/icons/step-forward';
import ClipboardCopy from '@lucide/svelte/icons/clipboard-copy';
import FileDown from '@lucide/svelte/icons/file-down';
import Gauge from '@lucide/svelte/icons/gauge';
import ListVideo from '@lucide/svelte/icons/list-video';
import Play from '@lucide/svelte/icons/play';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import RotateCw from '@lucide/svelte/icons/rotate-cw';
import TextSearch from '@lucide/svelte/icons/text-search';
import Volume2 from '@lucide/svelte/icons/volume-2';
import Braces from '@lucide/svelte/icons/braces';
import Columns3 from '@lucide/svelte/icons/columns-3';
import FilePlus from '@lucide/svelte/icons/file-plus';
import FolderOpen from '@lucide/svelte/icons/folder-open';
import Plus from '@lucide/svelte/icons/plus';
import Redo2 from '@lucide/svelte/icons/redo-2';
import Save from '@lucide/svelte/icons/save';
import Terminal from '@lucide/svelte/icons/terminal';
import Award from '@lucide/svelte/icons/award';
import Calendar from '@lucide/svelte/icons/calendar';
import Folders from '@lucide/svelte/icons/folders';
import KeyRound from '@lucide/svelte/icons/key-round';
import Medal from '@lucide/svelte/icons/medal';
import Telescope from '@lucide/svelte/icons/telescope';
import Users from '@lucide/svelte/icons/users';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import Crosshair from '@lucide/svelte/icons/crosshair';
import Grid3x3 from '@lucide/svelte/icons/grid-3x3';
import Layers from '@lucide/svelte/icons/layers';
import MapIcon from '@lucide/svelte/icons/map';
import MapPin from '@lucide/svelte/icons/map-pin';
import Tag from '@lucide/svelte/icons/tag';
import Database from '@lucide/svelte/icons/database';
import type { CommandId } from '#contract/commands.ts';
import type { IconComponent } from '../ui/icon-component.ts';

export const commandIcons: Record<CommandId, IconComponent> = {
  'app.palette': Command,
  'go.to': CornerDownRight,
  'go.nasa': Image,
  'go.pds': Database,
  'go.pdsQuery': Braces,
  'go.astrobin': Telescope,
  'go.astrobinTopPicks': Award,
  'go.astrobinNominations': Medal,
  'go.astrobinSearch': Search,
  'go.astrobinUsers': Users,
  'go.astrobinCollections': Folders,
  'go.library': Library,
  'go.captions': TextSearch,
  'go.downloads': ArrowDownToLine,
  'go.health': Activity,
  'go.settings': Settings,
  'go.welcome': Orbit,
  'go.back': ArrowLeft,
  'go.forward': ArrowRight,
  'search.focus': Search,
  'search.find': Search,
  'search.select': TextCursorInput,
  'search.clearFilters': FilterX,
  'search.listAll': ListPlus,
  'search.showNewer': RefreshCw,
  'search.reload': RefreshCw,
  'pane.next': LayoutPanelLeft,
  'pane.previous': LayoutPanelLeft,
  'view.inspector': PanelRight,
  'view.justified': Images,
  'view.square': LayoutGrid,
  'view.zoomTextIn': Type,
  'view.zoomTextOut': Type,
  'view.zoomTextReset': Type,
  'view.themeSystem': Monitor,
  'view.themeDark': Moon,
  'view.themeLight': Sun,
  'view.themeContrast': Contrast,
  'record.open': Maximize,
  'record.preview': Eye,
  'record.next': ChevronRight,
  'record.previous': ChevronLeft,
  'download.plan': HardDriveDownload,
  'record.download': ArrowDownToLine,
  'record.keep': BookmarkPlus,
  'record.remove': BookmarkMinus,
  'record.copyCredit': Quote,
  'record.copyId': Copy,
  'record.copyLink': Link,
  'record.openSite': ExternalLink,
  'pds.label': CodeXml,
  'pds.copyId': Copy,
  'pds.parents': CornerLeftUp,
  'pds.place': ListTree,
  'pds.members': Braces,
  'pds.saveLabel': FileDown,
  'pds.toggleSuperseded': History,
  'stage.zoomIn': ZoomIn,
  'stage.zoomOut': ZoomOut,
  'stage.fit': Maximize,
  'player.play': Play,
  'player.back': RotateCcw,
  'player.on': RotateCw,
  'player.frameBack': StepBack,
  'player.frameOn': StepForward,
  'player.slower': Gauge,
  'player.faster': Gauge,
  'player.mute': Volume2,
  'player.captions': Captions,
  'player.fullscreen': Maximize,
  'search.next': ArrowDown,
  'search.previous': ArrowUp,
  'captions.follow': ListVideo,
  'captions.copyQuote': Quote,
  'captions.copyAll': ClipboardCopy,
  'captions.saveSrt': FileDown,
  'captions.saveVtt': FileDown,
  'captions.saveTxt': FileDown,
  'label.tree': ListTree,
  'label.source': CodeXml,
  'label.onlyMatches': ListFilter,
  'label.xpath': Slash,
  'label.expandAll': UnfoldVertical,
  'label.collapseAll': FoldVertical,
  'label.copyPath': Copy,
  'label.copyValue': Copy,
  'label.findProducts': Search,
  'label.product': ArrowLeft,
  'astrobin.earlier': StepBack,
  'astrobin.later': StepForward,
  'astrobin.goToDay': Calendar,
  'astrobin.listAll': ListPlus,
  'astrobin.key': KeyRound,
  'astrobin.checkKey': KeyRound,
  'sky.mode': Layers,
  'sky.image': Image,
  'sky.solution': Grid3x3,
  'sky.both': Layers,
  'sky.grid': Grid3x3,
  'sky.names': Tag,
  'sky.invert': Contrast,
  'sky.crosshair': Crosshair,
  'sky.service': Layers,
  'sky.copyPlace': Copy,
  'sky.copyCentre': Copy,
  'sky.histogram': ChartColumn,
  'sky.skyPlot': MapIcon,
  'sky.places': MapPin,
  'sky.revisions': History,
  'sky.laterRevision': StepForward,
  'sky.earlierRevision': StepBack,
  'selection.all': CheckCheck,
  'selection.clear': SquareDashed,
  'query.run': Play,
  'query.cancel': Ban,
  'query.new': FilePlus,
  'query.open': FolderOpen,
  'query.save': Save,
  'query.copyText': Copy,
  'query.copyCommand': Terminal,
  'query.addCondition': Plus,
  'query.addGroup': Braces,
  'query.columns': Columns3,
  'library.undo': Undo2,
  'library.redo': Redo2,
  'downloads.pauseAll': CirclePause,
  'downloads.cancelAll': Ban,
  'settings.folder': Folder,
  'settings.live': Globe,
  'settings.sample': FlaskConical,
  'app.close': X,
  'app.quit': LogOut,
};
