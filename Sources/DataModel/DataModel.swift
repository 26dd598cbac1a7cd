package import Database

/// The tables of the product: `Migrations`, as this program was built with them.
package enum DataModel {
    package static let migrator = Migrator(Migration.all, needing: ["pg_trgm"])
}
