/**
 * Deep-sky objects with their places: facts of the catalogues, J2000, to the minute of arc. All of Messier's list and
 * what else is photographed most; pure. AstroBin names what lies in a field and not where, so names on the stage
 * are placed from here; and words of other archives are recognised by it.
 */

export interface SkyObject {
  /** As catalogues write it, the usual one first: `M 31`, `NGC 224`. */
  names: readonly string[];
  /** What people call it; null where nobody does. */
  title: string | null;
  /** Degrees. */
  ra: number;
  dec: number;
  /** Minutes of arc, the longer way across. */
  sizeArcmin: number;
}

/** Names | hours and minutes, degrees and minutes | minutes of arc across | what people call it. */
const rows = `
M1 NGC1952|0534.5+2201|6|Crab Nebula
M2 NGC7089|2133.5-0049|13
M3 NGC5272|1342.2+2823|16
M4 NGC6121|1623.6-2632|26
M5 NGC5904|1518.6+0205|17
M6 NGC6405|1740.1-3213|25|Butterfly Cluster
M7 NGC6475|1753.9-3449|80|Ptolemy’s Cluster
M8 NGC6523|1803.8-2423|90|Lagoon Nebula
M9 NGC6333|1719.2-1831|9
M10 NGC6254|1657.1-0406|15
M11 NGC6705|1851.1-0616|14|Wild Duck Cluster
M12 NGC6218|1647.2-0157|14
M13 NGC6205|1641.7+3628|16|Hercules Cluster
M14 NGC6402|1737.6-0315|11
M15 NGC7078|2130.0+1210|12
M16 NGC6611|1818.8-1347|35|Eagle Nebula
M17 NGC6618|1820.8-1611|46|Omega Nebula
M18 NGC6613|1819.9-1708|9
M19 NGC6273|1702.6-2616|13
M20 NGC6514|1802.6-2302|28|Trifid Nebula
M21 NGC6531|1804.6-2230|13
M22 NGC6656|1836.4-2354|24
M23 NGC6494|1756.8-1901|27
M24|1816.9-1829|90|Sagittarius Star Cloud
M25 IC4725|1831.6-1915|40
M26 NGC6694|1845.2-0924|15
M27 NGC6853|1959.6+2243|8|Dumbbell Nebula
M28 NGC6626|1824.5-2452|11
M29 NGC6913|2023.9+3832|7
M30 NGC7099|2140.4-2311|11
M31 NGC224|0042.7+4116|178|Andromeda Galaxy
M32 NGC221|0042.7+4052|8
M33 NGC598|0133.9+3039|73|Triangulum Galaxy
M34 NGC1039|0242.0+4247|35
M35 NGC2168|0608.9+2420|28
M36 NGC1960|0536.1+3408|12
M37 NGC2099|0552.4+3233|24
M38 NGC1912|0528.7+3550|21
M39 NGC7092|2132.2+4826|32
M40|1222.4+5805|1
M41 NGC2287|0646.0-2044|38
M42 NGC1976|0535.4-0527|85|Orion Nebula
M43 NGC1982|0535.6-0516|20
M44 NGC2632|0840.3+1940|95|Beehive Cluster
M45|0347.0+2407|110|Pleiades
M46 NGC2437|0741.8-1449|27
M47 NGC2422|0736.6-1430|30
M48 NGC2548|0813.8-0548|54
M49 NGC4472|1229.8+0800|9
M50 NGC2323|0702.8-0823|16
M51 NGC5194|1329.9+4712|11|Whirlpool Galaxy
M52 NGC7654|2324.8+6136|13
M53 NGC5024|1312.9+1810|13
M54 NGC6715|1855.1-3029|9
M55 NGC6809|1940.0-3058|19
M56 NGC6779|1916.6+3011|7
M57 NGC6720|1853.6+3302|1.4|Ring Nebula
M58 NGC4579|1237.7+1149|6
M59 NGC4621|1242.0+1139|5
M60 NGC4649|1243.7+1133|7
M61 NGC4303|1221.9+0428|6
M62 NGC6266|1701.2-3007|14
M63 NGC5055|1315.8+4202|10|Sunflower Galaxy
M64 NGC4826|1256.7+2141|9|Black Eye Galaxy
M65 NGC3623|1118.9+1305|8
M66 NGC3627|1120.2+1259|8
M67 NGC2682|0851.3+1148|30
M68 NGC4590|1239.5-2645|12
M69 NGC6637|1831.4-3221|7
M70 NGC6681|1843.2-3218|8
M71 NGC6838|1953.8+1847|7
M72 NGC6981|2053.5-1232|6
M73 NGC6994|2058.9-1238|3
M74 NGC628|0136.7+1547|10|Phantom Galaxy
M75 NGC6864|2006.1-2155|6
M76 NGC650|0142.4+5134|3|Little Dumbbell Nebula
M77 NGC1068|0242.7-0001|7
M78 NGC2068|0546.7+0003|8
M79 NGC1904|0524.2-2431|9
M80 NGC6093|1617.0-2259|9
M81 NGC3031|0955.6+6904|21|Bode’s Galaxy
M82 NGC3034|0955.8+6941|9|Cigar Galaxy
M83 NGC5236|1337.0-2952|11|Southern Pinwheel Galaxy
M84 NGC4374|1225.1+1253|5
M85 NGC4382|1225.4+1811|7
M86 NGC4406|1226.2+1257|8
M87 NGC4486|1230.8+1224|7
M88 NGC4501|1232.0+1425|7
M89 NGC4552|1235.7+1233|4
M90 NGC4569|1236.8+1310|10
M91 NGC4548|1235.4+1430|5
M92 NGC6341|1717.1+4308|11
M93 NGC2447|0744.6-2352|22
M94 NGC4736|1250.9+4107|11
M95 NGC3351|1044.0+1142|7
M96 NGC3368|1046.8+1149|7
M97 NGC3587|1114.8+5501|3.3|Owl Nebula
M98 NGC4192|1213.8+1454|10
M99 NGC4254|1218.8+1425|5
M100 NGC4321|1222.9+1549|7
M101 NGC5457|1403.2+5421|28|Pinwheel Galaxy
M102 NGC5866|1506.5+5546|5
M103 NGC581|0133.2+6042|6
M104 NGC4594|1240.0-1137|9|Sombrero Galaxy
M105 NGC3379|1047.8+1235|5
M106 NGC4258|1219.0+4718|18
M107 NGC6171|1632.5-1303|10
M108 NGC3556|1111.5+5540|8
M109 NGC3992|1157.6+5323|8
M110 NGC205|0040.4+4141|20
NGC7000|2058.8+4420|120|North America Nebula
IC5070|2050.8+4421|80|Pelican Nebula
NGC7293|2229.6-2050|18|Helix Nebula
NGC7635|2320.7+6112|15|Bubble Nebula
NGC7380|2247.0+5806|25|Wizard Nebula
NGC7023|2101.6+6810|18|Iris Nebula
NGC6960|2045.7+3043|70|Western Veil Nebula
NGC6992|2056.4+3143|60|Eastern Veil Nebula
NGC6888|2012.0+3821|20|Crescent Nebula
NGC6946|2034.8+6009|11|Fireworks Galaxy
NGC6543|1758.6+6638|6|Cat’s Eye Nebula
NGC6826|1944.8+5031|0.5|Blinking Planetary
NGC6334|1720.5-3543|35|Cat’s Paw Nebula
NGC6302|1713.7-3706|1.5|Butterfly Nebula
NGC5139|1326.8-4729|36|Omega Centauri
NGC5128|1325.5-4301|26|Centaurus A
NGC4565|1236.3+2559|16|Needle Galaxy
NGC4631|1242.1+3232|15|Whale Galaxy
NGC4038|1201.9-1852|5|Antennae Galaxies
NGC3372|1045.1-5952|120|Carina Nebula
NGC3242|1024.8-1838|1|Ghost of Jupiter
NGC3628|1120.3+1335|15|Hamburger Galaxy
NGC3132|1007.0-4026|1|Southern Ring Nebula
NGC2403|0736.9+6536|22
NGC2392|0729.2+2055|1|Eskimo Nebula
NGC2359|0718.5-1314|10|Thor’s Helmet
NGC2264|0641.0+0953|40|Cone Nebula
NGC2237|0632.3+0503|80|Rosette Nebula
NGC2174|0609.4+2040|40|Monkey Head Nebula
NGC2070|0538.6-6906|40|Tarantula Nebula
NGC2024|0541.7-0151|30|Flame Nebula
IC434|0541.0-0227|60|Horsehead Nebula
NGC1977|0535.3-0450|20|Running Man Nebula
NGC1499|0403.2+3622|145|California Nebula
NGC1365|0333.6-3608|11
NGC1300|0319.7-1925|6
NGC1333|0329.2+3120|9
NGC891|0222.6+4221|13
NGC869|0219.0+5708|30|Double Cluster
NGC884|0222.4+5707|30
NGC253|0047.6-2517|27|Sculptor Galaxy
NGC281|0052.8+5637|35|Pacman Nebula
NGC206|0040.5+4044|4
NGC7331|2237.1+3425|10
NGC7320|2236.1+3357|3|Stephan’s Quintet
NGC7662|2325.9+4232|0.6|Blue Snowball Nebula
NGC604|0134.5+3047|2
NGC104|0024.1-7205|31|47 Tucanae
IC1805|0233.4+6126|95|Heart Nebula
IC1848|0253.6+6025|85|Soul Nebula
IC405|0516.2+3416|37|Flaming Star Nebula
IC410|0522.6+3331|40|Tadpoles Nebula
IC443|0617.0+2231|50|Jellyfish Nebula
IC1396|2139.1+5730|170|Elephant’s Trunk Nebula
IC2118|0506.9-0713|180|Witch Head Nebula
IC2177|0704.4-1028|120|Seagull Nebula
IC4604|1625.6-2326|90|Rho Ophiuchi
IC5146|2153.5+4716|12|Cocoon Nebula
NGC7009|2104.2-1122|0.6|Saturn Nebula
`;

function parse(row: string): SkyObject {
  const [names = '', place = '', size = '', title = null] = row.split('|');
  const [, hours, minutes, sign, degrees, arcmin] =
    /^(\d\d)(\d\d\.\d)([+-])(\d\d)(\d\d)$/.exec(place) ?? [];
  const dec = Number(degrees) + Number(arcmin) / 60;
  return {
    names: names.split(' ').map((name) => name.replace(/^(M|NGC|IC)(?=\d)/, '$1 ')),
    title,
    ra: (Number(hours) + Number(minutes) / 60) * 15,
    dec: sign === '-' ? -dec : dec,
    sizeArcmin: Number(size),
  };
}

export const skyObjects: readonly SkyObject[] = rows.trim().split('\n').map(parse);

/** `M31`, `m 31`, `Messier 31` and `NGC0224` in the form of the table: `M 31`, `NGC 224`; null for what is none. */
export function designationOf(text: string): string | null {
  const match = /^(messier|m|ngc|ic)\s*0*(\d{1,4})$/i.exec(text.trim());
  if (match === null || Number(match[2]) === 0) return null;
  const catalogue = /^m/i.test(match[1] ?? '') ? 'M' : (match[1] ?? '').toUpperCase();
  if (catalogue === 'M' && Number(match[2]) > 110) return null;
  return `${catalogue} ${match[2]}`;
}

const byName = new Map(
  skyObjects.flatMap((object) => [
    ...object.names.map((name) => [name.toLowerCase(), object] as const),
    ...(object.title === null ? [] : [[plain(object.title), object] as const]),
  ]),
);

function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll('’', "'");
}

/** The object of a designation or of what people call it; null for what the table does not have. */
export function objectNamed(text: string): SkyObject | null {
  const designation = designationOf(text);
  return byName.get(designation === null ? plain(text) : designation.toLowerCase()) ?? null;
}
