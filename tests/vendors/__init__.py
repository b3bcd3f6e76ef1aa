"""What the vendors' own packages declare of the calls that our sources make: small documents of names and types.

The packages weigh from 2 to 90 MB with what they draw in, so the suite does not install them. Each document in
`documents/` is made by one module here from one unpacked package, which is read and never imported:

    pip install --no-deps --target FOLDER stripe xdk facebook-business google-ads
    npm pack @shopify/dev-mcp            # unpacked into FOLDER/dev-mcp
    python -m tests.vendors FOLDER       # --check only compares

A document has the form of Google's discovery documents, so that tests/discovery.py reads both, and says in `package`
what it was made from. Texts of the vendors are left out: names, types and choices stay.
"""
