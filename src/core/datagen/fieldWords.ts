function list(text: string): readonly string[] {
  return text.split(' ');
}

function titles(text: string): readonly string[] {
  return text.split(', ');
}

/** Given names from several parts of the world, in plain letters so that they also serve in addresses of mail. */
export const firstNames = list(
  'Ada Aisha Amir Ana Anton Ben Carla Chen Clara Daniel David Elena Emma Erik Fatima Felix Grace Hana Hugo Ines Ivan ' +
    'Jonas Julia Kai Karim Kofi Lara Leo Lin Lucas Maria Marta Mateo Maya Mei Mia Nadia Nina Noah Nora Olga Omar Oscar ' +
    'Pablo Paula Priya Ravi Rosa Sam Sara Sofia Tariq Thomas Uma Victor Yara Yuki Zoe',
);

/** Family names, written as the given names are. */
export const lastNames = list(
  'Adams Ahmed Almeida Andersen Baker Bauer Bell Brown Carter Chang Clark Costa Cruz Diaz Dubois Evans Fischer Garcia ' +
    'Gupta Haas Hansen Hughes Ito Jensen Johnson Kaya Khan Kim Klein Kowalski Lee Lopez Martin Meyer Mensah Moreau ' +
    'Moreno Nguyen Novak Okafor Olsen Park Patel Perez Rossi Sato Schmidt Silva Singh Smith Stone Suzuki Tanaka Torres ' +
    'Turner Wagner Walker Weber Wilson Wong Wood Young',
);

export const cities = titles(
  'Amsterdam, Athens, Auckland, Bangkok, Barcelona, Berlin, Bogota, Boston, Brussels, Cairo, Chicago, Copenhagen, ' +
    'Delhi, Dublin, Geneva, Hamburg, Helsinki, Istanbul, Jakarta, Lagos, Lima, Lisbon, London, Lyon, Madrid, ' +
    'Melbourne, Mexico City, Milan, Montreal, Mumbai, Munich, Nairobi, New York, Osaka, Oslo, Paris, Porto, Prague, ' +
    'Rome, Santiago, Sao Paulo, Seattle, Seoul, Singapore, Stockholm, Sydney, Tokyo, Toronto, Vienna, Warsaw, Zurich',
);

/** Countries by their short English names. */
export const countries = titles(
  'Argentina, Australia, Austria, Belgium, Brazil, Canada, Chile, China, Colombia, Denmark, Egypt, Finland, France, ' +
    'Germany, Ghana, Greece, India, Indonesia, Ireland, Italy, Japan, Kenya, Mexico, Morocco, Netherlands, ' +
    'New Zealand, Nigeria, Norway, Peru, Poland, Portugal, Singapore, South Africa, South Korea, Spain, Sweden, ' +
    'Switzerland, Thailand, Turkey, United Kingdom, United States, Vietnam',
);

export const regions = titles('North, South, East, West, Central, Northeast, Northwest, Southeast, Southwest');

/** Widely traded currencies by their codes of ISO 4217. */
export const currencyCodes = list(
  'AED ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR JPY KRW MXN MYR NGN NOK NZD PEN PHP ' +
    'PLN RON SAR SEK SGD THB TRY TWD UAH USD VND ZAR',
);

/** Languages by their codes of ISO 639-1. */
export const languageCodes = list(
  'ar cs da de el en es fi fr he hi hu id it ja ko nl no pl pt ro ru sv th tr uk vi zh',
);

export const timeZones = list(
  'UTC Europe/London Europe/Berlin Europe/Madrid America/New_York America/Chicago America/Sao_Paulo Asia/Tokyo ' +
    'Asia/Kolkata Asia/Singapore Africa/Lagos Australia/Sydney',
);

export const statuses = list('active pending completed cancelled inactive');
export const types = list('standard premium basic trial');
export const categories = list('books clothing electronics food garden home music sports toys travel');
export const genders = list('female male other');
export const paymentMethods = list('credit_card bank_transfer coupon gift_card');
export const colors = list('black blue brown green grey orange purple red white yellow');

export const reasons = list('changed_mind declined duplicate expired fraud late other out_of_stock');
export const priorities = list('high low medium urgent');
export const ageGroups = list('18-24 25-34 35-44 45-54 55-64 65+');
export const scopes = list('internal private public');
export const events = list('add_to_cart click login logout page_view purchase search sign_up');
export const devices = list('desktop mobile tablet');
export const systems = list('Android iOS Linux macOS Windows');
export const browsers = list('Chrome Edge Firefox Safari');
export const trafficSources = list('bing direct facebook google instagram newsletter partner');
export const trafficMediums = list('affiliate cpc display email organic referral social');
export const userAgents = titles(
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64), Mozilla/5.0 (X11; Linux x86_64), Mozilla/5.0 (Macintosh; Intel Mac OS X), ' +
    'Mozilla/5.0 (iPhone; CPU iPhone OS), Mozilla/5.0 (Linux; Android)',
);
export const jobTitles = titles(
  'Accountant, Analyst, Buyer, Clerk, Consultant, Designer, Developer, Driver, Engineer, Manager, Nurse, Planner, ' +
    'Researcher, Sales Assistant, Teacher, Technician',
);
export const fileEndings = list('.csv .jpg .pdf .png .txt');

export const adjectives = list(
  'Bright Calm Classic Clever Compact Cosy Crisp Daily Fresh Gentle Golden Grand Happy Light Little Modern Plain Prime ' +
    'Quick Quiet Royal Silent Simple Smart Soft Solid Swift True Urban Warm',
);

export const nouns = list(
  'Anchor Basket Bottle Bridge Candle Chair Cloud Coffee Compass Feather Forest Garden Harbor Jacket Kettle Lamp ' +
    'Lantern Meadow Mirror Mountain Notebook Pocket River Saddle Shelf Summit Table Thread Window Wheel',
);

export const streets = list(
  'Station Church Park Mill School Bridge Garden River Hill Market Castle Forest Lake Oak Maple Harbor Spring Meadow',
);
export const streetKinds = list('Street Road Avenue Lane Way');
export const companyKinds = list('Ltd Inc Group Partners Labs Works');

/** Openings, subjects and ends of short sentences without commas. */
export const openings = titles('Arrived with, Asked about, Checked, Compared, Liked, Looking for, Noted, Returned');
export const endings = titles('as expected, before noon, for a friend, in good order, on time, once more, this week');
