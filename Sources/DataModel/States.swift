import Postgres

/// The enumerations of the data model, as `Migrations` declare them.
package enum AccountRole: String, PostgresEnum, Sendable, CaseIterable {
    case user = "USER"
    case admin = "ADMIN"
}

package enum MediaKind: String, PostgresEnum, Sendable, CaseIterable {
    case avatar = "AVATAR"
    case poster = "POSTER"
    case thumbnail = "THUMBNAIL"
    case backdrop = "BACKDROP"
    case storyboard = "STORYBOARD"
}

package enum Visibility: String, PostgresEnum, Sendable, CaseIterable {
    case `public` = "PUBLIC"
    case unlisted = "UNLISTED"
    case `private` = "PRIVATE"
}

package enum VideoState: String, PostgresEnum, Sendable, CaseIterable {
    case none = "NONE"
    case processing = "PROCESSING"
    case ready = "READY"
    case failed = "FAILED"
}

package enum CreditKind: String, PostgresEnum, Sendable, CaseIterable {
    case director = "DIRECTOR"
    case writer = "WRITER"
    case actor = "ACTOR"
}

package enum SubscriptionStatus: String, PostgresEnum, Sendable, CaseIterable {
    case pending = "PENDING"
    case active = "ACTIVE"
    case pastDue = "PAST_DUE"
    case expired = "EXPIRED"
    case cancelled = "CANCELLED"
}

package enum UploadState: String, PostgresEnum, Sendable, CaseIterable {
    case created = "CREATED"
    case uploading = "UPLOADING"
    case received = "RECEIVED"
    case probing = "PROBING"
    case transcoding = "TRANSCODING"
    case playable = "PLAYABLE"
    case ready = "READY"
    case failed = "FAILED"
    case cancelled = "CANCELLED"
    case expired = "EXPIRED"
}

package enum JobState: String, PostgresEnum, Sendable, CaseIterable {
    case queued = "QUEUED"
    case running = "RUNNING"
    case done = "DONE"
    case dead = "DEAD"
}
