import Testing
@testable import DataModel

