/// The films of the demo: none of them was ever made.
enum DemoFilms {
    struct Film {
        let category: String
        let title: String
        let synopsis: String
    }

    /// In the order of the lists below.
    static let all: [Film] = {
        var films: [Film] = []
        var category = ""
        for line in (first + second).split(separator: "\n") {
            let parts = line.split(separator: "|").map { trim($0) }
            if parts.count == 1 {
                category = parts[0]
            } else {
                films.append(Film(category: category, title: parts[0], synopsis: parts[1]))
            }
        }
        return films
    }()

    static let categories: [String] = {
        var names: [String] = []
        for film in all where names.last != film.category { names.append(film.category) }
        return names
    }()

    private static func trim(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    private static let first = """
        Science Fiction
        The Long Orbit | A maintenance crew wakes to find the planet below has aged a millennium.
        Signal Over Tharsis | A radio operator on Mars answers a call that was sent by herself.
        Nine Seconds of Rain | In a domed city, water is money and one leak could free everyone.
        The Cartographer's Moon | Mapping an uncharted moon, a pilot finds her house on it.
        Paper Satellites | Two sisters launch a weather balloon and catch somebody else's war.
        A Quiet Kind of Gravity | A physicist falls up, slowly, and has a month to say goodbye.
        Low Tide on Europa | Under the ice a diver hears singing that answers in her own voice.
        The Clockmaker of Ceres | Time is rationed on the asteroids, and one man makes more of it.
        Hollow Sun | A star goes out and the last lamplighter is asked to light it again.
        Children of the Lattice | Raised by a machine, four children vote on switching it off.
        Yesterday's Astronaut | He left for a week. His daughter is now older than he is.
        The Glass Horizon | A colony discovers that its sky is a screen, and that it is cracking.
        Rust and Roses | A gardening robot refuses the order to clear the last meadow.
        Terminal Velocity Blues | A jazz band plays on a ship that cannot brake.
        Embers of Andromeda | The last library burns its books one by one to stay warm.
        The Second Silence | Everyone loses the same minute, and only one woman remembers it.
        Borrowed Light | A thief steals sunlight for the lower levels and starts a dawn.
        Parallax | Two astronomers fall in love through telescopes on opposite sides of Earth.
        The Salt Engineers | To drink the sea they must first ask it for permission.
        Zero Hour Café | At the edge of a black hole, breakfast is served for ever.
        Drama
        The Weight of Feathers | A boxer's widow takes over his gym, and his unpaid fight.
        Letters from Harbour Street | A postman begins to answer the mail that cannot be delivered.
        What the River Kept | A drought uncovers a village, and what its people hid there.
        An Honest Winter | Snowed in with his brother, a judge hears the case of their youth.
        The Understudy | On opening night she knows every line but her own.
        Bread and Thunder | Three generations of bakers, one oven, and a war at the door.
        The Last Good Summer | Five friends meet where one of them drowned, to tell the truth.
        Slow Train to Trieste | A conductor takes his final trip and misses every stop on purpose.
        Grandfather's Piano | Selling it means finding out who played it at night.
        The Colour of Distance | A painter going blind paints her daughter for the last time.
        Small Mercies | A night nurse keeps a list of last wishes, and begins to grant them.
        The Beekeeper's Debt | A hive, a bank, and a father who does not ask for help.
        Northern Apartments | Nine doors on one landing open on the night the power fails.
        After the Applause | A pianist who lost her hearing teaches a boy who never had any.
        The Interpreter | Between two presidents, one woman decides what was meant.
        House of Open Windows | Four sisters may inherit it only if they live in it together.
        A Field in October | Harvest, a wedding, and a letter nobody was to open.
        The Ferryman's Daughter | The bridge will be done in spring; she has until then.
        Unfinished Portraits | A forger confesses to the only painting that is really his.
        Salt on the Stairs | The sea takes a street a year, and theirs is next.
        Comedy
        My Ex-Wife's Spaceship | He only wanted his toaster back.
        The Accidental Mayor | A typing error elects a plumber, and the pipes love him.
        Two Weddings and a Goat | The goat was not invited. The goat is the best man.
        Bonjour, Mr. Underwood | A man with no French inherits a cheese, a château and a feud.
        Room Service for Robots | A hotel's first artificial guest leaves terrible reviews.
        The Very Slow Heist | The safe takes eleven days to open; they bring sandwiches.
        Aunt Agatha Goes Viral | She was only showing how to fold a fitted sheet.
        A Penguin in the Parliament | Its voting record turns out to be excellent.
        The Wrong Funeral | He gave a moving eulogy. It was next door.
        Karaoke Diplomacy | Two nations, one microphone, no talent.
        Mostly Harmless Vampires | They moved to the suburbs for the schools.
        The Great Pickle Conspiracy | A food inspector follows the brine to the top.
        Late for Everything | The most unpunctual man alive is chosen to save time itself.
        Honeymoon for Three | The third is her mother. The fourth is a llama.
        The Understudy's Understudy | Everyone has the flu but the cat.
        Moving Day | One sofa, seven floors, no lift, old friends.
        Dial M for Mother | She solves murders by calling her son at work.
        The Reluctant Viking | Allergic to the sea, he sets sail.
        Sorry, Wrong Dimension | A pizza courier delivers to a universe that has no cheese.
        The Secret Life of Librarians | Silence, they say, is only the cover.
        Thriller
        The Ninth Floor | The building has eight. The lift has other plans.
        Dead Letter Office | A clerk finds an envelope addressed to tomorrow's victim.
        Black Ice Protocol | An icebreaker's crew is one more than the list says.
        The Listener | Wiretapping a stranger, she hears her own name.
        Cold Harbour | A lighthouse keeper signals a ship that sank last year.
        Seventeen Minutes | A train, a phone, and a voice that knows the timetable.
        The Architect's Alibi | He designed the perfect room to be found innocent in.
        No Name Street | A witness returns home and nobody there has ever met him.
        The Swiss Account | The money is real. The bank is not.
        Night Crossing | Forty passengers, one passport, and dawn at the border.
        Under the Floorboards | Renovating, a couple finds a diary that ends next week.
        The Double Negative | A photographer's developed film shows crimes not yet committed.
        Iron Curtain Call | A ballet on tour, a defector in the corps, a bullet in the prop gun.
        The Quiet Passenger | Somebody on flight 209 has not breathed since take-off.
        Safe Distance | A negotiator must talk herself out of her own house.
        Red Ledger | An auditor finds one honest number, and it is a grave.
        The Fourth Witness | Three stories agree. The fourth is true.
        Fog Over Lisbon | A courier loses a day, a case and a face.
        The Vanishing Coast | A surveyor is paid to forget an island.
        Checkmate in Blue | A chess prodigy reads murders in the newspaper's problems.
        Adventure
        The Emerald Meridian | A compass that points at what you want most leads to war.
        Beyond the Amber Pass | A vet, a mule train and medicine that must not freeze.
        Kingdom of Kites | On an island of wind a girl flies to the end of her string.
        The Map of Small Islands | Each island is a letter. Together they are a warning.
        Captain Marlow's Last Bet | He stakes his ship on a race against the monsoon.
        Ten Thousand Steps | A stairway in the jungle, and someone coming down it.
        The Copper Caravan | Across the dunes with a bell that must never ring.
        River of Lanterns | Two smugglers carry the same prince, and neither knows.
        The Hidden Observatory | A mountain moves each night by a hand's breadth.
        Wings Over Patagonia | The mail must fly, and the mountain says no.
        The Ivory Compass | A museum's worst forgery is the only true thing in it.
        Sea of Grass | A tribe of riders hides an inland ship.
        The Lost Cable Car | It left in 1936. This morning it arrives.
        Storm Riders of Skye | Four cousins, one boat, and a storm that follows them.
        The Golden Latitude | A prize for the longitude, a murder for the rest.
        Under Seven Flags | A cook becomes captain one mutiny at a time.
        The Monsoon Express | The last train before the rain carries one ticket too many.
        Falcon Ridge | A poacher's son hatches an eagle and a plan.
        The Cave of Winds | What breathes in there has started to count.
        Journey to the Blue Desert | A glaciologist follows water into a land without any.

        """

    private static let second = """
        Animation
        Pip and the Paper Dragon | Folded on a rainy day, it is afraid of rain.
        The Lantern Fish | The smallest light in the sea leads everyone home.
        Moonlight Bakery | At midnight the gingerbread goes to work.
        Otto the Octopus Detective | Eight arms, nine suspects, one missing pearl.
        The Boy Who Drew Doors | Everything he draws can be opened, and some should not be.
        Clouds for Sale | A girl in a floating town sells weather to farmers.
        Tin Hearts | A scrapyard orchestra plays for a girl who winds them up.
        The Winter Fox | She turns white a season early and must find out why.
        Button City | Where lost buttons go, one is looking for its coat.
        Hugo Hedgehog Takes the Train | He only meant to cross the line.
        The Last Balloon | It escaped a birthday party and saw the world.
        Whale Song Lullaby | A calf learns the one song that reaches the stars.
        The Crayon Kingdom | Grey has taken the throne, and Yellow wants it back.
        Marmalade Skies | A cat pilots an orange biplane across breakfast.
        The Umbrella Makers | In a city of endless rain, two rivals invent the sun.
        Little Robot, Big Snow | It was built for the beach.
        Mira and the Mountain King | He collects echoes; she wants hers back.
        The Sock Thieves | Under every bed there is a very warm economy.
        Firefly Post | The night mail is carried by those who glow.
        Grandma's Rocket | It was never a shed.
        Documentary
        The Salt Path Home | Two hundred miles with the last herders of a vanishing lake.
        Night Shift | Twelve cities between midnight and six.
        Hands That Build | Masons, luthiers and one man who only makes doors.
        Our Daily Bread Line | Three bakeries, three countries, one sourdough.
        The Sound of Ice | Microphones under a glacier, for a year.
        A Thousand Violins | A village carves instruments it does not play.
        Street Football | The best player nobody signed.
        The Seed Keepers | In a vault under snow waits every breakfast we could lose.
        Letters to a Lighthouse | A keeper's mail over forty years.
        Deep Time | Geologists explain patience.
        The Bus to School | Nine hours a day, every day, across one desert.
        Ink | The people who still print the news by hand.
        Bees on the Roof | A city learns to be sweet.
        The Last Projectionist | Reels, carbon arcs, and the smell of Saturday.
        Murmuration | Why a million birds agree.
        Wool | From one mountain to one jumper, in real time.
        The Repair Café | Nothing is thrown away, least of all people.
        Second Violin | A career of never being heard alone.
        Tides | A year on the only road that drowns twice a day.
        The Women of Hangar Nine | They built the planes and were told to forget it.
        Romance
        Saturdays in Porto | They meet only where their trains cross.
        The Bookshop on the Canal | She writes in the margins; he answers.
        Almost Always Yours | Two wedding photographers, forty weddings, no courage.
        Lemon Season | A summer job, an orchard, and the owner's grandson.
        Postcards to Nobody | Sent without an address, they find one.
        The Dance Card | At ninety she has one waltz left and knows with whom.
        Rain Check | They have cancelled the same date for eleven years.
        A Recipe for Two | Rival chefs inherit one kitchen and one stove.
        The Violinist Downstairs | He complains about the noise until it stops.
        Under the Same Umbrella | A storm, a bus stop, a lifetime.
        Midnight in Montmartre | A cab driver and the passenger who will not say where.
        The Proposal Rehearsal | He practises on the wrong woman, who is the right one.
        Northern Lights, Southern Heart | A scientist posts the weather; somebody posts back.
        Second First Kiss | An accident takes ten years; she falls for her husband.
        Coffee Without Sugar | Every morning the same table, and never a name.
        Tangerine Evenings | A balcony garden grows towards another.
        The Long Way to Vienna | They miss one train and then, on purpose, all the others.
        Dear Neighbour | A wall too thin, and a wall too high.
        Orchard Road | She comes back to sell the land. He planted it.
        One Ticket to Anywhere | She gives it away, and he comes back for her.
        Horror
        The Red Nursery | The wallpaper counts the children.
        Hollow Hill | Every stone in the circle has a name, and one is new.
        The Lodger Below | He pays on time, in coins that were never minted.
        Wake the Well | They lowered a bucket. It came back full of letters.
        Thirteen Candles | At every birthday somebody else blows one out.
        The Choir of Ashes | A burnt church still has its evensong.
        Mother of Moths | She keeps the lights on for a reason.
        The Empty Cradle | It rocks by the tide, and the tide is coming in.
        Static | An old television shows the room, a minute ahead.
        The Marsh House | It was built on stilts to keep something in.
        Teeth of Winter | A cabin, a blizzard, a knock from the roof.
        The Dollmaker's Wife | She has his eyes. All of them.
        Below Zero, Below Ground | A research station drills into a heartbeat.
        The Long Corridor | Every door is yours.
        Nobody's Garden | What they planted remembers them.
        The Scarecrow's Sunday | It is nearer each week, and it is dressed for church.
        Whisper Lake | Swim quietly.
        The Guest Book | The last entry is always tomorrow's.
        The Bell Under the Sea | When it rings, the drowned come to Mass.
        Feverwood | A forest that dreams of people.
        Fantasy
        The Thorn Queen | Crowned by accident, she must not bleed.
        A Candle for the Dragon | Once a year somebody has to go and wish it good night.
        The Tailor of Shadows | He mends what people drag behind them.
        Salt, Iron, Starlight | Three thieves steal the ingredients of a god.
        The Weatherwife | She married the north wind, and wants to talk to it.
        House of Nine Clocks | Each tells the time of another world.
        The Apprentice's War | Too young to cast spells, old enough to be sent.
        Moonsmith | He forges the moon anew each month, until the silver runs out.
        The River Has No King | A ford, a sword, and a girl who wants neither.
        The Glass Forest | Speak softly: everything here can break.
        Crown of Crows | An exiled prince is elected by birds.
        The Last Cartomancer | She burned every card but one.
        Ashes and Antlers | A huntress spares a stag who owes her a country.
        The Bridge of Names | To cross you leave yours behind.
        Queen Under the Lake | Every summer the drought brings her palace nearer.
        The Thief of Seasons | Somebody has stolen autumn.
        The Giant's Garden | A lost child, a tall problem.
        Runes for Beginners | The textbook is reading her.
        The Silver Stag | Who catches it may ask one question, once.
        A Door in the Hedge | On the other side it is always the day before.

        """
}
