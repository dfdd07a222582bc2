"""인턴지원금: the claims of a month, and the payslips and papers they rest on."""
