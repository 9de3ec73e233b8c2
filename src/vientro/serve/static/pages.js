// Small helps of the pages; everything can be read without them.
