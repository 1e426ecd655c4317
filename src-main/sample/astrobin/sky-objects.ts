/**
 * Runs in plain Node, any thread; pure. Real objects of the sky with their places: facts of the catalogues, J2000.
 */

export type ObjectKind =
  | 'emission'
  | 'reflection'
  | 'dark'
  | 'planetary'
  | 'remnant'
  | 'spiral'
  | 'edge-on'
  | 'group'
  | 'globular'
  | 'open'
  /** Lies in the fields of others; nobody's own subject here. */
  | 'companion';

export interface SkyObject {
  kind: ObjectKind;
  /** As catalogues and people call it, the usual designation first. */
  names: readonly string[];
  /** Degrees. */
  ra: number;
  dec: number;
  /** Arcminutes across. */
  sizeArcmin: number;
}

type Row = readonly [kind: ObjectKind, names: string, place: string, sizeArcmin: number];

/** Place: hours and minutes of right ascension, degrees and minutes of declination. */
const rows: readonly Row[] = [
  ['spiral', 'M 31|NGC 224|Andromeda Galaxy', '00 42.7 +41 16', 178],
  ['companion', 'M 32|NGC 221', '00 42.7 +40 52', 8],
  ['companion', 'M 110|NGC 205', '00 40.4 +41 41', 20],
  ['companion', 'NGC 206', '00 40.5 +40 44', 4],
  ['spiral', 'M 33|NGC 598|Triangulum Galaxy', '01 33.9 +30 39', 62],
  ['companion', 'NGC 604', '01 34.5 +30 47', 2],
  ['emission', 'NGC 281|IC 11|Pacman Nebula', '00 52.8 +56 37', 35],
  ['spiral', 'NGC 253|Sculptor Galaxy', '00 47.6 -25 17', 27],
  ['globular', 'NGC 288', '00 52.8 -26 35', 13],
  ['globular', 'NGC 104|47 Tucanae', '00 24.1 -72 05', 31],
  ['emission', 'NGC 346', '00 59.1 -72 11', 14],
  ['emission', 'NGC 7822|Ced 214', '00 01.1 +67 25', 65],
  ['spiral', 'M 74|NGC 628|Phantom Galaxy', '01 36.7 +15 47', 10],
  ['planetary', 'M 76|NGC 650|Little Dumbbell Nebula', '01 42.3 +51 35', 3],
  ['open', 'M 103|NGC 581', '01 33.4 +60 39', 6],
  ['open', 'NGC 457|Owl Cluster', '01 19.5 +58 17', 13],
  ['open', 'NGC 869|NGC 884|Double Cluster', '02 20.7 +57 08', 60],
  ['emission', 'IC 1805|Heart Nebula', '02 33.4 +61 26', 95],
  ['emission', 'IC 1848|Soul Nebula', '02 53.6 +60 25', 85],
  ['companion', 'NGC 896|IC 1795|Fishhead Nebula', '02 25.5 +62 01', 22],
  ['edge-on', 'NGC 891', '02 22.6 +42 21', 13],
  ['spiral', 'M 77|NGC 1068', '02 42.7 -00 01', 7],
  ['spiral', 'NGC 1300', '03 19.7 -19 25', 6],
  ['spiral', 'NGC 1365', '03 33.6 -36 08', 11],
  ['group', 'Abell 1656|Coma Cluster', '12 59.8 +27 59', 100],
  ['group', 'Abell 426|Perseus Cluster', '03 18.6 +41 30', 60],
  ['group', 'Fornax Cluster|NGC 1399', '03 38.5 -35 27', 90],
  ['reflection', 'NGC 1333', '03 29.2 +31 20', 9],
  ['open', 'M 45|Pleiades|Seven Sisters', '03 47.0 +24 07', 110],
  ['emission', 'NGC 1499|California Nebula', '04 03.2 +36 22', 145],
  ['planetary', 'NGC 1501', '04 07.0 +60 55', 1],
  ['planetary', 'NGC 1514|Crystal Ball Nebula', '04 09.3 +30 47', 2],
  ['emission', 'NGC 1491', '04 03.2 +51 19', 25],
  ['dark', 'B 207|LBN 777|Vulture Head Nebula', '04 04.7 +26 20', 60],
  ['reflection', 'IC 2118|Witch Head Nebula', '05 06.9 -07 13', 180],
  ['emission', 'IC 405|Flaming Star Nebula', '05 16.2 +34 16', 37],
  ['emission', 'IC 410|Tadpoles Nebula', '05 22.6 +33 31', 40],
  ['emission', 'IC 417|Spider Nebula', '05 28.1 +34 26', 13],
  ['open', 'M 38|NGC 1912', '05 28.7 +35 51', 21],
  ['open', 'M 36|NGC 1960', '05 36.3 +34 08', 12],
  ['open', 'M 37|NGC 2099', '05 52.3 +32 33', 24],
  ['globular', 'M 79|NGC 1904', '05 24.2 -24 31', 9],
  ['remnant', 'M 1|NGC 1952|Crab Nebula', '05 34.5 +22 01', 6],
  ['remnant', 'Simeis 147|Sh2-240|Spaghetti Nebula', '05 39.1 +28 00', 180],
  ['emission', 'M 42|NGC 1976|Orion Nebula', '05 35.3 -05 23', 66],
  ['companion', 'M 43|NGC 1982', '05 35.5 -05 16', 20],
  ['companion', 'NGC 1977|Running Man Nebula', '05 35.3 -04 50', 20],
  ['emission', 'IC 434|B 33|Horsehead Nebula', '05 41.0 -02 27', 60],
  ['emission', 'NGC 2024|Flame Nebula', '05 41.7 -01 51', 30],
  ['companion', 'NGC 2023', '05 41.6 -02 14', 10],
  ['reflection', 'M 78|NGC 2068', '05 46.8 +00 04', 8],
  ['companion', 'NGC 2071', '05 47.1 +00 18', 7],
  ['emission', 'NGC 2070|Tarantula Nebula', '05 38.6 -69 06', 40],
  ['emission', 'NGC 2174|Monkey Head Nebula', '06 09.4 +20 40', 40],
  ['remnant', 'IC 443|Jellyfish Nebula', '06 17.0 +22 31', 50],
  ['open', 'M 35|NGC 2168', '06 09.0 +24 21', 28],
  ['emission', 'NGC 2237|NGC 2244|Rosette Nebula', '06 32.3 +05 03', 80],
  ['emission', 'NGC 2264|Cone Nebula|Christmas Tree Cluster', '06 41.0 +09 53', 40],
  ['reflection', 'NGC 2261|Hubble’s Variable Nebula', '06 39.2 +08 45', 2],
  ['open', 'M 41|NGC 2287', '06 46.0 -20 45', 38],
  ['emission', 'IC 2177|Seagull Nebula', '07 04.4 -10 28', 120],
  ['emission', 'NGC 2359|Thor’s Helmet', '07 18.5 -13 14', 10],
  ['planetary', 'NGC 2392|Eskimo Nebula', '07 29.2 +20 55', 1],
  ['planetary', 'Abell 21|Sh2-274|Medusa Nebula', '07 29.0 +13 15', 10],
  ['planetary', 'M 46|NGC 2437|NGC 2438', '07 41.8 -14 49', 27],
  ['spiral', 'NGC 2403', '07 36.9 +65 36', 22],
  ['open', 'M 44|NGC 2632|Beehive Cluster', '08 40.4 +19 40', 95],
  ['open', 'M 67|NGC 2682', '08 51.3 +11 49', 30],
  ['remnant', 'Gum 12|NGC 2736|Vela Remnant', '08 35.3 -45 10', 240],
  ['emission', 'NGC 3324|Gabriela Mistral Nebula', '10 37.3 -58 38', 16],
  ['emission', 'NGC 3372|Eta Carinae Nebula|Carina Nebula', '10 45.1 -59 52', 120],
  ['spiral', 'M 81|NGC 3031|Bode’s Galaxy', '09 55.6 +69 04', 27],
  ['edge-on', 'M 82|NGC 3034|Cigar Galaxy', '09 55.9 +69 41', 11],
  ['companion', 'NGC 3077', '10 03.3 +68 44', 5],
  ['spiral', 'NGC 2903', '09 32.2 +21 30', 13],
  ['spiral', 'NGC 2841', '09 22.0 +50 59', 8],
  ['spiral', 'M 95|NGC 3351', '10 44.0 +11 42', 7],
  ['spiral', 'M 96|NGC 3368', '10 46.8 +11 49', 8],
  ['spiral', 'M 65|NGC 3623', '11 18.9 +13 06', 9],
  ['spiral', 'M 66|NGC 3627|Leo Triplet', '11 20.2 +12 59', 9],
  ['edge-on', 'NGC 3628|Hamburger Galaxy', '11 20.3 +13 35', 15],
  ['planetary', 'M 97|NGC 3587|Owl Nebula', '11 14.8 +55 01', 3],
  ['edge-on', 'M 108|NGC 3556', '11 11.5 +55 40', 9],
  ['planetary', 'NGC 3132|Eight-Burst Nebula', '10 07.0 -40 26', 1],
  ['planetary', 'NGC 3242|Ghost of Jupiter', '10 24.8 -18 39', 1],
  ['emission', 'IC 2944|Running Chicken Nebula', '11 38.3 -63 22', 75],
  ['spiral', 'M 106|NGC 4258', '12 19.0 +47 18', 19],
  ['edge-on', 'NGC 4565|Needle Galaxy', '12 36.3 +25 59', 16],
  ['edge-on', 'NGC 4631|Whale Galaxy', '12 42.1 +32 32', 15],
  ['companion', 'NGC 4656|Hockey Stick Galaxy', '12 44.0 +32 10', 15],
  ['group', 'M 86|NGC 4406|Markarian’s Chain', '12 26.2 +12 57', 90],
  ['companion', 'M 84|NGC 4374', '12 25.1 +12 53', 6],
  ['companion', 'NGC 4438|NGC 4435|Eyes Galaxies', '12 27.7 +13 01', 8],
  ['companion', 'M 87|NGC 4486|Virgo A', '12 30.8 +12 24', 8],
  ['edge-on', 'M 104|NGC 4594|Sombrero Galaxy', '12 40.0 -11 37', 9],
  ['spiral', 'M 94|NGC 4736', '12 50.9 +41 07', 11],
  ['spiral', 'M 64|NGC 4826|Black Eye Galaxy', '12 56.7 +21 41', 10],
  ['spiral', 'M 63|NGC 5055|Sunflower Galaxy', '13 15.8 +42 02', 13],
  ['edge-on', 'NGC 5128|Centaurus A', '13 25.5 -43 01', 26],
  ['globular', 'NGC 5139|Omega Centauri', '13 26.8 -47 29', 36],
  ['spiral', 'M 51|NGC 5194|Whirlpool Galaxy', '13 29.9 +47 12', 11],
  ['companion', 'NGC 5195', '13 30.0 +47 16', 6],
  ['spiral', 'M 83|NGC 5236|Southern Pinwheel', '13 37.0 -29 52', 13],
  ['globular', 'M 3|NGC 5272', '13 42.2 +28 23', 18],
  ['spiral', 'M 101|NGC 5457|Pinwheel Galaxy', '14 03.2 +54 21', 29],
  ['edge-on', 'NGC 5907|Splinter Galaxy', '15 15.9 +56 20', 13],
  ['globular', 'M 5|NGC 5904', '15 18.6 +02 05', 23],
  ['globular', 'M 4|NGC 6121', '16 23.6 -26 32', 36],
  ['reflection', 'IC 4604|Rho Ophiuchi', '16 25.6 -23 26', 90],
  ['globular', 'M 13|NGC 6205|Hercules Cluster', '16 41.7 +36 28', 20],
  ['companion', 'NGC 6207', '16 43.1 +36 50', 3],
  ['globular', 'M 92|NGC 6341', '17 17.1 +43 08', 14],
  ['emission', 'NGC 6188|Rim Nebula', '16 40.1 -48 40', 20],
  ['emission', 'NGC 6334|Cat’s Paw Nebula', '17 20.0 -35 51', 35],
  ['emission', 'NGC 6357|War and Peace Nebula', '17 24.7 -34 12', 40],
  ['planetary', 'NGC 6302|Bug Nebula', '17 13.7 -37 06', 2],
  ['planetary', 'NGC 6543|Cat’s Eye Nebula', '17 58.6 +66 38', 6],
  ['open', 'M 7|NGC 6475|Ptolemy Cluster', '17 53.9 -34 48', 80],
  ['emission', 'M 20|NGC 6514|Trifid Nebula', '18 02.4 -23 02', 28],
  ['companion', 'M 21|NGC 6531', '18 04.2 -22 30', 14],
  ['emission', 'M 8|NGC 6523|Lagoon Nebula', '18 03.8 -24 23', 90],
  ['emission', 'M 16|NGC 6611|Eagle Nebula', '18 18.8 -13 47', 35],
  ['emission', 'M 17|NGC 6618|Omega Nebula', '18 20.8 -16 11', 40],
  ['companion', 'M 18|NGC 6613', '18 19.9 -17 06', 7],
  ['dark', 'M 24|B 92|Sagittarius Star Cloud', '18 16.9 -18 29', 90],
  ['globular', 'M 22|NGC 6656', '18 36.4 -23 54', 32],
  ['open', 'M 11|NGC 6705|Wild Duck Cluster', '18 51.1 -06 16', 14],
  ['planetary', 'M 57|NGC 6720|Ring Nebula', '18 53.6 +33 02', 2],
  ['companion', 'IC 1296', '18 53.3 +33 04', 1],
  ['reflection', 'NGC 6726|NGC 6729|Corona Australis Nebula', '19 01.7 -36 53', 30],
  ['globular', 'M 55|NGC 6809', '19 40.0 -30 58', 19],
  ['planetary', 'M 27|NGC 6853|Dumbbell Nebula', '19 59.6 +22 43', 8],
  ['globular', 'M 71|NGC 6838', '19 53.8 +18 47', 7],
  ['emission', 'Sh2-101|Tulip Nebula', '20 00.0 +35 17', 20],
  ['emission', 'NGC 6888|Crescent Nebula', '20 12.1 +38 21', 20],
  ['planetary', 'Ju 1|Soap Bubble Nebula', '20 15.4 +38 03', 4],
  ['emission', 'IC 1318|Sadr Region|Butterfly Nebula', '20 22.2 +40 15', 180],
  ['open', 'M 29|NGC 6913', '20 23.9 +38 31', 7],
  ['remnant', 'NGC 6960|Western Veil Nebula|Witch’s Broom', '20 45.7 +30 43', 70],
  ['remnant', 'NGC 6992|NGC 6995|Eastern Veil Nebula', '20 56.4 +31 43', 75],
  ['companion', 'NGC 6979|Pickering’s Triangle', '20 49.5 +31 50', 45],
  ['emission', 'NGC 7000|North America Nebula', '20 58.8 +44 20', 120],
  ['emission', 'IC 5070|Pelican Nebula', '20 50.8 +44 21', 80],
  ['reflection', 'NGC 7023|LBN 487|Iris Nebula', '21 01.6 +68 10', 18],
  ['emission', 'IC 1396|Elephant’s Trunk Nebula', '21 39.1 +57 30', 170],
  ['globular', 'M 15|NGC 7078', '21 30.0 +12 10', 18],
  ['globular', 'M 2|NGC 7089', '21 33.5 -00 49', 16],
  ['planetary', 'NGC 7009|Saturn Nebula', '21 04.2 -11 22', 1],
  ['open', 'M 39|NGC 7092', '21 32.2 +48 26', 32],
  ['emission', 'IC 5146|Cocoon Nebula', '21 53.5 +47 16', 12],
  ['spiral', 'NGC 6946|Fireworks Galaxy', '20 34.9 +60 09', 12],
  ['companion', 'NGC 6939', '20 31.5 +60 40', 8],
  ['emission', 'Sh2-132|Lion Nebula', '22 19.0 +56 05', 80],
  ['emission', 'Sh2-129|Ou 4|Flying Bat Nebula', '21 11.8 +59 57', 140],
  ['planetary', 'NGC 7293|Helix Nebula', '22 29.6 -20 50', 18],
  ['spiral', 'NGC 7331|Deer Lick Group', '22 37.1 +34 25', 10],
  ['companion', 'NGC 7320|Stephan’s Quintet', '22 36.1 +33 57', 3],
  ['emission', 'NGC 7380|Wizard Nebula', '22 47.4 +58 08', 25],
  ['dark', 'LDN 1251|Rotten Fish Nebula', '22 36.1 +75 16', 50],
  ['dark', 'LDN 1235|Shark Nebula', '22 13.7 +73 25', 60],
  ['emission', 'NGC 7635|Bubble Nebula', '23 20.8 +61 12', 15],
  ['open', 'M 52|NGC 7654', '23 24.8 +61 36', 13],
  ['emission', 'Sh2-155|Cave Nebula', '22 57.1 +62 31', 50],
  ['planetary', 'NGC 7662|Blue Snowball', '23 25.9 +42 32', 1],
  ['spiral', 'NGC 7793', '23 57.8 -32 35', 9],
  ['open', 'NGC 7789|Caroline’s Rose', '23 57.4 +56 43', 25],
];

function parse([kind, names, place, sizeArcmin]: Row): SkyObject {
  const [hours = 0, minutes = 0, degrees = 0, arcmin = 0] = place.split(' ').map(Number);
  const isSouth = place.includes('-');
  const dec = Math.abs(degrees) + arcmin / 60;
  return {
    kind,
    names: names.split('|'),
    ra: (hours + minutes / 60) * 15,
    dec: isSouth ? -dec : dec,
    sizeArcmin,
  };
}

export const skyObjects: readonly SkyObject[] = rows.map(parse);
